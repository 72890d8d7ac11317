package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.api.ApiKey;
import io.github.smartleadbulk.api.ClientSettings;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.run.FaultMessages;
import io.github.smartleadbulk.state.RunSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The API, the key and the limits. */
@Under(Heading.API)
@Repeated
public final class ApiOptions {

  private static final String SMARTLEAD = "https://server.smartlead.ai/api/v1";

  // The target of the run records this option.
  @Repeated(false)
  @Option(
      names = "--sandbox",
      description =
          "Use an embedded sandbox instead of SmartLead. It has a made-up account for each row of your file, and remembers what you change.")
  boolean sandbox;

  @Option(
      names = "--store",
      paramLabel = "FILE",
      description =
          "File that keeps the accounts of the embedded sandbox (default: sandbox.store in the state folder).")
  @Nullable Path sandboxStore;

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      defaultValue = SMARTLEAD,
      description =
          "Address of the API: https, or http to this machine (variable: SMARTLEAD_BASE_URL; default: ${DEFAULT-VALUE}).")
  URI baseUrl;

  @Option(
      names = "--api-key-file",
      paramLabel = "PATH",
      description =
          "File whose first line is the API key (variable: SMARTLEAD_API_KEY_FILE). The variable SMARTLEAD_API_KEY can hold the key itself.")
  @Nullable Path keyFile;

  @Mixin RateOptions limits = new RateOptions();

  @Under(Heading.LIMITS)
  @Option(
      names = "--max-attempts",
      paramLabel = "N",
      defaultValue = "5",
      description = "Attempts per row (default: ${DEFAULT-VALUE}).")
  int maxAttempts;

  @Under(Heading.LIMITS)
  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "30s",
      description = "Time limit for one call, at most 1h (default: ${DEFAULT-VALUE}).")
  Duration timeout;

  @Under(Heading.LIMITS)
  @Option(
      names = "--max-outage",
      paramLabel = "DURATION",
      defaultValue = "10m",
      description = "How long to wait for a server that is away (default: ${DEFAULT-VALUE}).")
  Duration maxOutage;

  @Under(Heading.LIMITS)
  @Option(
      names = "--concurrency",
      paramLabel = "N",
      defaultValue = "0",
      description = "Most calls in flight at once (default: automatic).")
  int concurrency;

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  /** The rate limits, without the share of other users. */
  public List<RateWindow> windows() {
    return limits.windows();
  }

  /**
   * Checks the options and returns the client's settings.
   *
   * @throws UsageException if a value is not allowed
   */
  ClientSettings settings(URI url, ApiKey key) {
    try {
      return new ClientSettings(
          url,
          key,
          limits.windows(),
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

  /**
   * The option that a new run against the target of an earlier one needs, after a space, besides
   * those that are repeated anyway; empty for none.
   */
  public String toRepeat(String target) {
    if (target.equals(RunSpec.SANDBOX)) {
      return " --sandbox";
    }
    return namesBaseUrl() || target.equals(SMARTLEAD) ? "" : " --base-url " + target;
  }

  /** Whether the base URL was given on the command line. */
  boolean namesBaseUrl() {
    return isGiven("--base-url");
  }

  private boolean isGiven(String option) {
    return command.commandLine().getParseResult().hasMatchedOption(option);
  }

  /**
   * Reads the API key. An option overrides the variables, and a variable overrides the config file.
   *
   * @throws NoKeyException if there is no key
   */
  ApiKey key(ProcessEnvironment environment) {
    String variable = environment.variables().getOrDefault(SettingsDefaults.API_KEY, "");
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
      return ApiKey.of(firstLine(environment.resolve(keyFile.toString())));
    } catch (IllegalArgumentException e) {
      throw new NoKeyException(
          e.getMessage() + (variable.isBlank() || fileGiven ? " (" + keyFile + ")" : ""));
    }
  }

  /**
   * The hash of the key that a variable gives, for commands that need no key.
   *
   * @return empty if no variable gives a key that can be read
   */
  public static Optional<String> keyHash(ProcessEnvironment environment) {
    String key = environment.variables().getOrDefault(SettingsDefaults.API_KEY, "");
    String file = environment.variables().getOrDefault("SMARTLEAD_API_KEY_FILE", "");
    if (key.isBlank() && file.isBlank()) {
      return Optional.empty();
    }
    try {
      String text = key.isBlank() ? firstLine(environment.resolve(file.strip())) : key;
      return Optional.of(ApiKey.of(text).hash());
    } catch (NoKeyException | IllegalArgumentException e) {
      return Optional.empty();
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
