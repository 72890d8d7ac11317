package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.account.WorkspaceNames;
import io.github.smartleadbulk.api.ApiKey;
import io.github.smartleadbulk.api.ClientSettings;
import io.github.smartleadbulk.run.FaultMessages;
import io.github.smartleadbulk.state.RunSpec;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The API, the key and the limits. */
@Under(Heading.API)
@Repeated
public final class ApiOptions {

  static final String SMARTLEAD = "https://server.smartlead.ai/api/v1";

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

  @Mixin WorkspaceChoice workspace;

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

  /** The options of a command that uses one workspace, or those that the rows name. */
  public ApiOptions() {
    this(new WorkspaceOptions());
  }

  public ApiOptions(WorkspaceChoice workspace) {
    this.workspace = workspace;
  }

  /** The names of all workspaces. The usual one is the workspace that the user chose. */
  public WorkspaceNames workspaceNames() {
    return workspace.names(SettingsDefaults.of(command), sandbox);
  }

  /** The settings that workspaces have of their own. */
  public WorkspaceSettings workspaces() {
    return SettingsDefaults.of(command).workspaces();
  }

  /** Whether the user wants the embedded sandbox. */
  public boolean isSandbox() {
    return sandbox;
  }

  /** The file with the accounts of the sandbox; null for the one in the state folder. */
  public @Nullable Path sandboxStore() {
    return sandboxStore;
  }

  /** The key file of the workspace {@code default}. */
  public @Nullable Path keyFile() {
    return keyFile;
  }

  /**
   * A variable overrides a profile, but not silently if it gives a key: the rows of one client
   * would go to the accounts of another.
   *
   * @param variable that may give the key of the workspace {@code default}
   * @throws UsageException if it does, and the profile gives another
   */
  public void refuseKeyBesideProfile(String variable) {
    SettingsDefaults settings = SettingsDefaults.of(command);
    if (!isGiven("--" + WorkspaceSettings.API_KEY_FILE)
        && settings.isOfProfile(WorkspaceSettings.API_KEY_FILE)
        && settings.isSet(variable)) {
      throw new UsageException(
          "the profile %s has an api-key-file, and the variable %s gives a key too. Nothing was sent. Unset the variable, or choose the key with --api-key-file"
              .formatted(settings.profile(), variable));
    }
  }

  /** The rate limits of the chosen workspace, without the share of other users. */
  public List<RateWindow> windows() {
    return windows(workspaceNames().usual());
  }

  /** The rate limits of a workspace, without the share of other users. */
  public List<RateWindow> windows(String name) {
    return limits.windows(workspaces(), name, this::isGiven);
  }

  /** The base URL of a workspace. */
  public URI baseUrl(String name) {
    return own(name, WorkspaceSettings.BASE_URL, URI::create, baseUrl);
  }

  /**
   * The value of a setting for a workspace: from the command line, else the workspace's own, else
   * the general one.
   */
  private <T> T own(String name, String setting, Function<String, T> parse, T general) {
    return isGiven("--" + setting)
        ? general
        : workspaces().find(name, setting).map(parse).orElse(general);
  }

  /**
   * Checks the options and returns the client's settings.
   *
   * @param name the workspace
   * @throws UsageException if a value is not allowed
   */
  public ClientSettings settings(String name, URI url, ApiKey key) {
    try {
      return new ClientSettings(
          url,
          key,
          windows(name),
          own(name, WorkspaceSettings.MAX_ATTEMPTS, Integer::valueOf, maxAttempts),
          own(name, WorkspaceSettings.TIMEOUT, Durations::parse, timeout),
          "smartlead-bulk/" + HelpOptions.Version.number(),
          own(name, WorkspaceSettings.CONCURRENCY, Integer::valueOf, concurrency),
          own(name, WorkspaceSettings.MAX_OUTAGE, Durations::parse, maxOutage));
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
  public String toRepeat(RunSpec earlier) {
    if (earlier.isRehearsal()) {
      return " --sandbox";
    }
    // A named workspace has its base URL from the config file.
    return namesBaseUrl() || earlier.target().equals(SMARTLEAD) || earlier.namesWorkspaces()
        ? ""
        : " --base-url " + earlier.target();
  }

  /** Whether the base URL was given on the command line. */
  public boolean namesBaseUrl() {
    return isGiven("--" + WorkspaceSettings.BASE_URL);
  }

  /** Whether an option was given on the command line. */
  public boolean isGiven(String option) {
    return command.commandLine().getParseResult().hasMatchedOption(option);
  }
}
