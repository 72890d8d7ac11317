package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.api.ApiKey;
import io.github.smartleadbulk.api.ClientSettings;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.run.FaultMessages;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which API, with which key, and how fast. */
public final class ApiOptions {

  @Option(
      names = "--sandbox",
      description = "Against an embedded sandbox that knows every account: nothing leaves here.")
  boolean sandbox;

  @Option(
      names = "--store",
      paramLabel = "FILE",
      description = "Keeps the sandbox's accounts in this file, from one time to the next.")
  @Nullable Path sandboxStore;

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      defaultValue = "https://server.smartlead.ai/api/v1",
      description =
          "Of the API; https, or http to this machine (variable SMARTLEAD_BASE_URL; default:"
              + " ${DEFAULT-VALUE}).")
  URI baseUrl;

  @Option(
      names = "--api-key-file",
      paramLabel = "PATH",
      description =
          "Its first line is the API key (variable SMARTLEAD_API_KEY_FILE; the key itself may stand"
              + " in the variable SMARTLEAD_API_KEY).")
  @Nullable Path keyFile;

  @Option(
      names = "--rate",
      paramLabel = "WINDOWS",
      defaultValue = "standard",
      description =
          "standard, pro, unlimited, or windows such as 10/s,60/min,1000/h,10/2s (default:"
              + " ${DEFAULT-VALUE}).")
  String rate;

  @Option(
      names = "--reserve",
      paramLabel = "PERCENT",
      defaultValue = "20",
      description =
          "Share of every window left to the key's other users (default: ${DEFAULT-VALUE}).")
  int reserve;

  @Option(
      names = "--max-attempts",
      paramLabel = "N",
      defaultValue = "5",
      description = "Tries of one row (default: ${DEFAULT-VALUE}).")
  int maxAttempts;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "30s",
      description = "Of one call (default: ${DEFAULT-VALUE}).")
  Duration timeout;

  @Option(
      names = "--max-outage",
      paramLabel = "DURATION",
      defaultValue = "10m",
      description = "Wait this long for a server that is away (default: ${DEFAULT-VALUE}).")
  Duration maxOutage;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      defaultValue = "0",
      description = "Most calls at once (default: found by itself).")
  int concurrency;

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  /**
   * The client's settings, checked.
   *
   * @throws UsageException if one of them cannot be
   */
  ClientSettings settings(URI url, ApiKey key) {
    try {
      return new ClientSettings(
          url,
          key,
          windows(),
          maxAttempts,
          timeout,
          "smartlead-bulk/" + HelpOptions.Version.number(),
          concurrency,
          maxOutage);
    } catch (IllegalArgumentException e) {
      throw new UsageException(FaultMessages.of(e));
    } catch (IOException e) {
      throw new IllegalStateException("the jar has no version", e);
    }
  }

  /** Whether the base URL was given on the command line. */
  boolean namesBaseUrl() {
    return isGiven("--base-url");
  }

  private boolean isGiven(String option) {
    return command.commandLine().getParseResult().hasMatchedOption(option);
  }

  private List<RateWindow> windows() {
    if (reserve < 0 || reserve > 99) {
      throw new UsageException("--reserve: found " + reserve + ", expected 0 to 99 percent");
    }
    try {
      return RateWindow.parseAll(rate).stream().map(window -> window.without(reserve)).toList();
    } catch (IllegalArgumentException e) {
      throw new UsageException("--rate: " + FaultMessages.of(e));
    }
  }

  /**
   * The key: an option beats the variables, a variable beats the config file.
   *
   * @throws NoKeyException if there is none
   */
  ApiKey key(ProcessEnvironment surroundings) {
    String variable = surroundings.environment().getOrDefault(SettingsDefaults.API_KEY, "");
    boolean fileGiven = isGiven("--api-key-file");
    try {
      if (!variable.isBlank() && !fileGiven) {
        return ApiKey.of(variable);
      }
      if (keyFile == null) {
        throw new NoKeyException(
            "no API key: set the variable "
                + SettingsDefaults.API_KEY
                + ", or name a file that holds it with --api-key-file or"
                + " SMARTLEAD_API_KEY_FILE");
      }
      return ApiKey.of(firstLine(surroundings.resolve(keyFile.toString())));
    } catch (IllegalArgumentException e) {
      throw new NoKeyException(
          e.getMessage() + (variable.isBlank() || fileGiven ? " (" + keyFile + ")" : ""));
    }
  }

  private static String firstLine(Path file) {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      String line = reader.readLine();
      // Notepad begins files with a byte order mark.
      return line == null ? "" : line.replaceFirst("^\uFEFF", "");
    } catch (IOException e) {
      throw new NoKeyException("the API key file cannot be read: " + FaultMessages.of(e));
    }
  }
}
