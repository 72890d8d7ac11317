package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.ramp.Curve;
import io.github.smartleadbulk.run.FaultMessages;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The values of options that are not given: from an environment variable, then from {@code
 * config/smartlead-bulk.properties}, then the option's own default.
 */
public final class SettingsDefaults implements IDefaultValueProvider {

  public static final String API_KEY = "SMARTLEAD_API_KEY";

  private static final Map<String, String> VARIABLE_BY_OPTION =
      Map.of(
          "api-key-file", "SMARTLEAD_API_KEY_FILE",
          "base-url", "SMARTLEAD_BASE_URL",
          "notify", "SMARTLEAD_NOTIFY",
          "state-dir", "SMARTLEAD_STATE_DIR",
          "state-url", "SMARTLEAD_STATE_URL",
          "workspace", "SMARTLEAD_WORKSPACE");

  /** The prefix of a curve's name. */
  static final String CURVE = "curve.";

  private final ProcessEnvironment environment;
  private final Path file;
  private final Properties properties;
  private @Nullable WorkspaceSettings workspaces;

  private SettingsDefaults(ProcessEnvironment environment, Path file, Properties properties) {
    this.environment = environment;
    this.file = file;
    this.properties = properties;
  }

  public static SettingsDefaults none(ProcessEnvironment environment) {
    return new SettingsDefaults(environment, environment.home(), new Properties());
  }

  /** The defaults of the running command. */
  public static SettingsDefaults of(CommandSpec command) {
    return (SettingsDefaults) command.defaultValueProvider();
  }

  public static SettingsDefaults read(ProcessEnvironment environment) {
    Path file = environment.home().resolve("config").resolve("smartlead-bulk.properties");
    // Without a file, all settings have their defaults.
    return new SettingsDefaults(environment, file, properties(file));
  }

  /** The properties in a file; none if there is no such file. */
  static Properties properties(Path file) {
    Properties properties = new Properties();
    try {
      // Notepad starts files with a byte order mark.
      properties.load(new StringReader(Files.readString(file).replaceFirst("^\uFEFF", "")));
      return properties;
    } catch (NoSuchFileException e) {
      return properties;
    } catch (IOException | IllegalArgumentException e) {
      throw new UsageException(file + " cannot be read: " + FaultMessages.of(e));
    }
  }

  /**
   * Whether all names in the file are curves, settings of workspaces, or options of these commands.
   *
   * @throws UsageException if a curve or workspace is not valid
   */
  public boolean areNamesOf(Collection<CommandSpec> commands) {
    return names(commands).containsAll(properties.stringPropertyNames());
  }

  private Set<String> names(Collection<CommandSpec> commands) {
    Set<String> names = new TreeSet<>();
    for (CommandSpec command : commands) {
      command.options().stream()
          .filter(SettingsDefaults::isSetting)
          .forEach(option -> names.add(name(option)));
    }
    curves().keySet().forEach(name -> names.add(CURVE + name));
    if (!workspaces().names().isEmpty()) {
      properties.stringPropertyNames().stream()
          .filter(name -> name.startsWith(WorkspaceSettings.PREFIX))
          .forEach(names::add);
    }
    return names;
  }

  /**
   * Refuses a file with names that are not settings.
   *
   * @param commands all commands
   * @throws UsageException if the file has a name that is not an option of a command
   */
  public void checkNames(Collection<CommandSpec> commands) {
    Set<String> known = names(commands);
    for (String found : properties.stringPropertyNames()) {
      if (found.equals("api-key")) {
        throw new UsageException(
            "%s: api-key: the key does not belong in this file; use api-key-file or the variable %s"
                .formatted(file, API_KEY));
      }
      if (commands.stream().anyMatch(command -> command.findOption(found) != null)
          && !known.contains(found)) {
        throw new UsageException(
            "%s: %s: only the command line can set this option".formatted(file, found));
      }
      if (!known.contains(found)) {
        throw new UsageException(
            "%s: %s: no such setting; the settings are %s".formatted(file, found, kinds(known)));
      }
    }
  }

  /** The names, with one for all curves and one for all workspaces. */
  private static Set<String> kinds(Set<String> names) {
    Set<String> kinds = new TreeSet<>(names);
    kinds.removeIf(name -> name.startsWith(CURVE) || name.startsWith(WorkspaceSettings.PREFIX));
    kinds.add(CURVE + "NAME");
    kinds.add(WorkspaceSettings.PREFIX + "NAME.SETTING");
    return kinds;
  }

  /**
   * The workspaces that have settings of their own.
   *
   * @throws UsageException if one is not valid
   */
  public WorkspaceSettings workspaces() {
    if (workspaces == null) {
      workspaces = WorkspaceSettings.of(file, properties);
    }
    return workspaces;
  }

  /** The base URL of a workspace if the command line names none. */
  public URI baseUrl(String workspace) {
    return URI.create(
        workspaces()
            .find(workspace, WorkspaceSettings.BASE_URL)
            .or(() -> Optional.ofNullable(value(WorkspaceSettings.BASE_URL)))
            .orElse(ApiOptions.SMARTLEAD));
  }

  /** What a variable or the config file says; null if neither does. */
  private @Nullable String value(String name) {
    if (isVariable(name)) {
      return variable(VARIABLE_BY_OPTION.getOrDefault(name, "")).strip();
    }
    String value = properties.getProperty(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  /**
   * The curves for ramp plans, by name.
   *
   * @throws UsageException if a curve is not valid
   */
  public Map<String, Curve> curves() {
    Map<String, Curve> curvesByName = new TreeMap<>();
    for (String key : properties.stringPropertyNames()) {
      if (key.startsWith(CURVE)) {
        String name = key.substring(CURVE.length());
        try {
          curvesByName.put(name, Curve.parse(name, properties.getProperty(key), key));
        } catch (IllegalArgumentException e) {
          throw new UsageException(file + ": " + e.getMessage());
        }
      }
    }
    return curvesByName;
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    return argument instanceof OptionSpec option && isSetting(option) ? value(option) : null;
  }

  private @Nullable String value(OptionSpec option) {
    String name = name(option);
    if (name.equals("no-color") && !variable("NO_COLOR").isEmpty()) {
      return "true";
    }
    String value = value(name);
    // A path in the config file is relative to the checkout, not to the current folder.
    return value != null && option.type() == Path.class && !isVariable(name)
        ? environment.home().resolve(value).toString()
        : value;
  }

  /** Whether a variable sets an option. */
  private boolean isVariable(String name) {
    String variable = VARIABLE_BY_OPTION.get(name);
    return variable != null && !variable(variable).isBlank();
  }

  /** Whether the config file or a variable can set it. */
  public static boolean isSetting(OptionSpec option) {
    return Heading.find(option, OneRun.class) == null;
  }

  private String variable(String variable) {
    return environment.variables().getOrDefault(variable, "");
  }

  private static String name(OptionSpec option) {
    return option.longestName().replaceFirst("^-+", "");
  }
}
