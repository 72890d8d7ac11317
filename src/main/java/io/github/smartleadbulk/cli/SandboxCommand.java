package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.cli.option.UsageException;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.FaultMessages;
import io.github.smartleadbulk.sandbox.FaultPlan;
import io.github.smartleadbulk.sandbox.Sandbox;
import io.github.smartleadbulk.sandbox.SandboxSettings;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = SandboxCommand.NAME,
    description = {
      "A local stand-in for the SmartLead API with made-up accounts, for trying and testing.",
      "It listens on this machine only, until it is stopped."
    })
final class SandboxCommand extends Subcommand {

  static final String NAME = "sandbox";

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "Where it listens (default: a free port).")
  int port;

  @Option(
      names = "--accounts",
      paramLabel = "N",
      defaultValue = "1000",
      description = "How many accounts there are (default: ${DEFAULT-VALUE}).")
  int accounts;

  @Option(
      names = "--rate",
      paramLabel = "WINDOWS",
      defaultValue = "unlimited",
      description = "Limits that it enforces, as update's --rate (default: ${DEFAULT-VALUE}).")
  String rate;

  @Option(
      names = "--latency",
      paramLabel = "DURATION",
      defaultValue = "0ms",
      description = "How long an answer takes (default: ${DEFAULT-VALUE}).")
  Duration latency;

  @Option(
      names = "--faults",
      paramLabel = "LIST",
      defaultValue = "none",
      description = {
        "What goes wrong, and how often, such as 429:5%%,500:2%%,challenge:1%%,cap:50 (default:"
            + " ${DEFAULT-VALUE}).",
        "Not applied: 300 to 599, reset, hang, notok, challenge, forbidden, limited, limited200,"
            + " blocked (every update of so many accounts), expired, nopath, later. Applied, but badly answered: empty, text, html, cut, lost, other, slow.",
        "The account list: cap:N rows a page, hide:N, shrink:N, grow:N, repeat:N, endless:N,"
            + " shape:N.",
        "The server: clock:+26h, idle-close:5s, rate-limit-reset:2h, retry-after:90s, for:40s (faults"
            + " end after this time)."
      })
  String faults;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of the faults: the same seed, the same faults (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "The only key that it accepts (default: any but 'wrong').")
  @Nullable String key;

  @Option(
      names = "--store",
      paramLabel = "FILE",
      description = "Keep the accounts in this file: they persist from one sandbox to the next.")
  @Nullable String store;

  SandboxCommand(ProcessEnvironment surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute() throws Exception {
    SandboxSettings settings = settings();
    try (Sandbox sandbox =
        Sandbox.start(settings, verbose ? surroundings.err()::println : request -> {})) {
      describe(sandbox);
      // Until a signal ends the process.
      new CountDownLatch(1).await();
      return ExitCode.OK;
    } catch (BindException e) {
      throw new UsageException("--port: " + port + " is taken");
    } catch (FileSystemException e) {
      throw new UsageException(FaultMessages.of(e));
    }
  }

  private SandboxSettings settings() {
    try {
      return new SandboxSettings(
          port,
          accounts,
          RateWindow.parseAll(rate),
          latency,
          FaultPlan.parse(faults),
          key,
          seed,
          store == null ? null : surroundings.resolve(store));
    } catch (IllegalArgumentException e) {
      throw new UsageException(FaultMessages.of(e));
    }
  }

  private void describe(Sandbox sandbox) {
    PrintStream out = surroundings.out();
    out.printf(
        Locale.ROOT,
        "Sandbox at %s: %,d accounts, ids from %d. Ctrl-C ends it. Try in another terminal:%n%n"
            + "  SMARTLEAD_API_KEY=%s ./run.sh update samples/nightly-ramp.csv --base-url %s%n",
        sandbox.baseUrl(),
        accounts,
        Sandbox.FIRST_ACCOUNT_ID,
        sandbox.exampleKey(),
        sandbox.baseUrl());
  }
}
