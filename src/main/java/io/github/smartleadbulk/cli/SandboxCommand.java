package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.account.Amount;
import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.cli.option.OneRun;
import io.github.smartleadbulk.cli.option.RepeatableInput;
import io.github.smartleadbulk.cli.option.UsageException;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.cli.target.KeysFile;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.FaultMessages;
import io.github.smartleadbulk.sandbox.FaultPlan;
import io.github.smartleadbulk.sandbox.Sandbox;
import io.github.smartleadbulk.sandbox.SandboxKey;
import io.github.smartleadbulk.sandbox.SandboxSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = SandboxCommand.NAME,
    description = {
      "Starts a local stand-in for the SmartLead API with made-up accounts, for trying and testing.",
      "It listens on this machine only, until you stop it.",
      "",
      "Example:",
      "  ./run.sh sandbox --port 8080 --rate standard"
    })
@OneRun
final class SandboxCommand extends Subcommand {

  static final String NAME = "sandbox";

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "Port to listen on (default: any free port).")
  int port;

  @Option(
      names = "--accounts",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Number of accounts (default: ${DEFAULT-VALUE}).")
  int accounts;

  @Option(
      names = "--rate",
      paramLabel = "WINDOWS",
      defaultValue = "unlimited",
      description =
          "Rate limits to enforce, in the format of 'update --rate' (default: ${DEFAULT-VALUE}).")
  String rate;

  @Option(
      names = "--latency",
      paramLabel = "DURATION",
      defaultValue = "0ms",
      description = "Time that an answer takes (default: ${DEFAULT-VALUE}).")
  Duration latency;

  @Option(
      names = "--faults",
      paramLabel = "LIST",
      defaultValue = "none",
      description = {
        "Faults to cause, and how often, such as 429:5%%,500:2%%,challenge:1%%,cap:50 (default: ${DEFAULT-VALUE}).",
        "Updates that are not applied: 300 to 599, reset, hang, notok, challenge, forbidden, limited, limited200, blocked (every update of this share of the accounts), expired, nopath, later. Updates that are applied and answered badly: empty, text, html, cut, lost, other, slow.",
        "Account list: cap:N rows per page, hide:N, shrink:N, grow:N, repeat:N, endless:N, shape:N.",
        "Server: clock:+26h, idle-close:5s, rate-limit-reset:2h, retry-after:90s, for:40s (faults end after this time)."
      })
  String faults;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Seed of the faults. The same seed gives the same faults (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "The only key to accept (default: any key but 'wrong').")
  @Nullable String key;

  @Option(
      names = "--keys",
      paramLabel = "FILE",
      description =
          "CSV file with the keys to accept and the columns key, accounts, rate and name. Each key has its own accounts and rate limits. Blank cells mean --accounts and --rate.")
  @Nullable Path keysFile;

  @Option(
      names = "--store",
      paramLabel = "FILE",
      description = "File that keeps the accounts from one sandbox to the next.")
  @Nullable Path store;

  SandboxCommand(ProcessEnvironment environment) {
    super(environment);
  }

  @Override
  ExitCode execute() throws Exception {
    SandboxSettings settings = settings();
    try (Sandbox sandbox =
        Sandbox.start(settings, verbose ? environment.err()::println : request -> {})) {
      describe(sandbox, settings.keys());
      // Waits until a signal ends the process.
      new CountDownLatch(1).await();
      return ExitCode.OK;
    } catch (BindException e) {
      throw new UsageException("--port: " + port + " is in use");
    } catch (FileSystemException e) {
      throw new UsageException(FaultMessages.of(e));
    }
  }

  private SandboxSettings settings() throws IOException {
    SandboxSettings settings = ofOptions();
    if (keysFile == null) {
      return settings;
    }
    if (key != null) {
      throw new UsageException("--key cannot be combined with --keys: add the key to the file");
    }
    return settings.with(
        keys(
            environment.resolve(keysFile.toString()),
            Cells.escaped(keysFile.toString()),
            settings));
  }

  private List<SandboxKey> keys(Path file, String name, SandboxSettings settings)
      throws IOException {
    if (Files.isDirectory(file)) {
      throw new UsageException(name + ": is a folder, expected a CSV file with keys");
    }
    try (RepeatableInput content = RepeatableInput.open(file, environment)) {
      return KeysFile.read(content.path(), name, settings.accounts(), settings.windows());
    }
  }

  private SandboxSettings ofOptions() {
    try {
      return new SandboxSettings(
          port,
          accounts,
          RateWindow.parseAll(rate),
          latency,
          FaultPlan.parse(faults),
          key,
          seed,
          store == null ? null : environment.resolve(store.toString()));
    } catch (IllegalArgumentException e) {
      throw new UsageException(FaultMessages.of(e));
    }
  }

  private void describe(Sandbox sandbox, List<SandboxKey> keys) {
    PrintStream out = environment.out();
    long all = keys.stream().mapToLong(SandboxKey::accounts).sum();
    out.printf(
        Locale.ROOT,
        "Sandbox at %s: %s, ids from %d%s. Press Ctrl-C to stop it. Try it in another terminal%s:%n%n"
            + "  SMARTLEAD_API_KEY=%s ./run.sh update samples/nightly-ramp.csv --base-url %s%n",
        sandbox.baseUrl(),
        keys.isEmpty()
            ? Amount.of(accounts, "account")
            : Amount.of(keys.size(), "key") + " with " + Amount.of(all, "account"),
        Sandbox.FIRST_ACCOUNT_ID,
        keys.isEmpty() ? "" : " for each key",
        keys.isEmpty() ? "" : ", with one of the keys",
        keys.isEmpty() ? sandbox.exampleKey() : "KEY",
        sandbox.baseUrl());
  }
}
