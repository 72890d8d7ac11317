package io.github.smartleadbulk.cli.target;

import io.github.smartleadbulk.account.WorkspaceNames;
import io.github.smartleadbulk.api.ApiKey;
import io.github.smartleadbulk.cli.option.ApiOptions;
import io.github.smartleadbulk.cli.option.SettingsDefaults;
import io.github.smartleadbulk.cli.option.UsageException;
import io.github.smartleadbulk.cli.option.WorkspaceSettings;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.state.RunSpec;
import io.github.smartleadbulk.workspace.Workspace;
import io.github.smartleadbulk.workspace.Workspace.CallMemory;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The workspaces that a command can use. Reads a key when its workspace is used for the first time,
 * and only once, because its file may be a pipe.
 */
public final class Workspaces {

  private static final String KEY_FILE_OPTION = "--" + WorkspaceSettings.API_KEY_FILE;
  private static final String BASE_URL_OPTION = "--" + WorkspaceSettings.BASE_URL;

  private final ApiOptions api;
  private final ProcessEnvironment environment;
  private final Consumer<String> warnings;
  private final WorkspaceNames names;
  private final Map<String, Workspace> workspaceByName = new HashMap<>();

  /** Replaces the base URL of {@code default}; null for none. */
  private @Nullable URI targetOfRun;

  private Workspaces(
      ApiOptions api,
      ProcessEnvironment environment,
      Consumer<String> warnings,
      WorkspaceNames names) {
    this.api = api;
    this.environment = environment;
    this.warnings = warnings;
    this.names = names;
  }

  /**
   * The workspaces of a command.
   *
   * @param warnings takes a sentence for each key file that other users can read
   * @throws UsageException if the user chose a workspace that does not exist
   */
  public static Workspaces of(
      ApiOptions api, ProcessEnvironment environment, Consumer<String> warnings) {
    return new Workspaces(api, environment, warnings, api.workspaceNames());
  }

  /** The names of all workspaces. The usual one is the workspace that the user chose. */
  public WorkspaceNames names() {
    return names;
  }

  ApiOptions api() {
    return api;
  }

  ProcessEnvironment environment() {
    return environment;
  }

  /**
   * The names of the workspaces that are set up. {@code default} is not, if others are and it has
   * no key.
   */
  public List<String> configured() {
    boolean hasDefault =
        names.known().size() == 1
            || api.keyFile() != null
            || !variable(environment, SettingsDefaults.API_KEY).isBlank();
    return names.known().stream().filter(name -> hasDefault || !isDefault(name)).toList();
  }

  /** The workspace that the command line names, or else those that are set up. */
  public List<String> chosen() {
    return api.isGiven("--workspace") ? List.of(names.usual()) : configured();
  }

  /**
   * A workspace with its settings and key.
   *
   * @param name as in {@link #names}
   * @throws NoKeyException if it has no key that can be used
   * @throws UsageException if the command line has a key or a base URL, which would send a key to
   *     the target of another, or if a setting is not valid
   */
  public synchronized Workspace settings(String name) {
    Workspace workspace = workspaceByName.get(name);
    if (workspace == null) {
      refuseMixedKeys(name);
      URI url = isDefault(name) && targetOfRun != null ? targetOfRun : api.baseUrl(name);
      // Wrong settings are told even if there is no key.
      var unused = api.settings(name, url, ApiKey.of("any"));
      workspace =
          new Workspace(name, target(url), api.settings(name, url, key(name)), CallMemory.KEPT);
      workspaceByName.put(name, workspace);
    }
    return workspace;
  }

  private void refuseMixedKeys(String name) {
    for (String option : List.of(KEY_FILE_OPTION, BASE_URL_OPTION)) {
      if (!isDefault(name) && api.isGiven(option)) {
        throw new UsageException(
            "%s cannot be combined with the workspace %s, whose key and base URL are in the config file: a key could go to the wrong server"
                .formatted(option, name));
      }
    }
  }

  /**
   * A workspace in the embedded sandbox, which needs no key of its own.
   *
   * @param key a key that the sandbox accepts
   */
  Workspace rehearsal(String name, URI url, ApiKey key) {
    return new Workspace(name, RunSpec.SANDBOX, api.settings(name, url, key), CallMemory.NONE);
  }

  /**
   * Uses the target of an earlier run as the base URL of {@code default}, unless the command line
   * names another. A named workspace has a base URL of its own.
   *
   * @throws UsageException if that target belongs to another workspace, which must not get the key
   *     of {@code default}
   */
  void goOnWith(int run, RunSpec spec) {
    Optional<String> then =
        spec.workspaces().stream()
            .filter(workspace -> isDefault(workspace.name()))
            .map(RunSpec.Workspace::target)
            .findFirst();
    if (then.isEmpty() || api.namesBaseUrl()) {
      return;
    }
    String target = then.get();
    String usual = target(api.baseUrl(WorkspaceNames.DEFAULT));
    Optional<String> owner =
        names.known().stream()
            .filter(name -> target(api.baseUrl(name)).equals(target))
            .filter(name -> !usual.equals(target))
            .findFirst();
    if (owner.isPresent()) {
      throw new UsageException(
          "run %d was made with the key of %s against %s, which is the base URL of the workspace %s now. To send the key there again, add --base-url %s"
              .formatted(run, WorkspaceNames.DEFAULT, target, owner.get(), target));
    }
    targetOfRun = URI.create(target);
  }

  private static boolean isDefault(String name) {
    return name.equals(WorkspaceNames.DEFAULT);
  }

  private ApiKey key(String name) {
    if (isDefault(name)) {
      return keyOfDefault();
    }
    KeyFile file =
        api.workspaces()
            .keyFile(name)
            .map(named -> new KeyFile(named.getKey(), named.getValue()))
            .orElseThrow(
                () ->
                    new NoKeyException(
                        "the workspace %s has no API key: add the line %s"
                            .formatted(name, api.workspaces().lineToAdd(name))));
    try {
      return read(file);
    } catch (NoKeyException e) {
      throw new NoKeyException("workspace %s: %s".formatted(name, e.getMessage()));
    }
  }

  /** An option overrides the variables, and a variable overrides the config file. */
  private ApiKey keyOfDefault() {
    String variable = variable(environment, SettingsDefaults.API_KEY);
    api.refuseKeyBesideProfile(
        variable.isBlank() ? "SMARTLEAD_API_KEY_FILE" : SettingsDefaults.API_KEY);
    if (!variable.isBlank() && !api.isGiven(KEY_FILE_OPTION)) {
      try {
        return ApiKey.of(variable);
      } catch (IllegalArgumentException e) {
        throw new NoKeyException(String.valueOf(e.getMessage()));
      }
    }
    Path file = api.keyFile();
    if (file == null) {
      throw new NoKeyException(
          "no API key: set the variable SMARTLEAD_API_KEY, or name a file that holds it with"
              + " --api-key-file or SMARTLEAD_API_KEY_FILE");
    }
    return read(new KeyFile(environment.resolve(file.toString()), file.toString()));
  }

  private ApiKey read(KeyFile file) {
    ApiKey key = file.read();
    file.warning().ifPresent(warnings);
    return key;
  }

  /**
   * The hash of the key that a variable gives, for commands that need no key.
   *
   * @return empty if no variable gives a key that can be read
   */
  public static Optional<String> keyHash(ProcessEnvironment environment) {
    String key = variable(environment, SettingsDefaults.API_KEY);
    String file = variable(environment, "SMARTLEAD_API_KEY_FILE").strip();
    if (key.isBlank() && file.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          (key.isBlank() ? new KeyFile(environment.resolve(file), file).read() : ApiKey.of(key))
              .hash());
    } catch (NoKeyException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String variable(ProcessEnvironment environment, String name) {
    return environment.variables().getOrDefault(name, "");
  }

  /** The name of a base URL in the history. */
  static String target(URI baseUrl) {
    return baseUrl.toString().replaceFirst("/+$", "");
  }
}
