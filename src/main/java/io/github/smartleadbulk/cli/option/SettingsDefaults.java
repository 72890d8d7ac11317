package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.cli.config.ConfigChoice;
import io.github.smartleadbulk.cli.config.ConfigException;
import io.github.smartleadbulk.cli.config.ConfigFiles;
import io.github.smartleadbulk.cli.config.ConfigLine;
import io.github.smartleadbulk.cli.config.ShownSetting;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.ramp.Curve;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The values of options that are not given: from an environment variable, then from the profile,
 * then from the config file, then the option's own default.
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

  private static final String NO_COLOR = "NO_COLOR";
  private static final String PREFIX = "SMARTLEAD_";

  /** Variables that are no options. */
  private static final Set<String> OTHER_VARIABLES =
      Set.of(
          API_KEY,
          ConfigChoice.FILE_VARIABLE,
          ConfigChoice.PROFILE_VARIABLE,
          StateOptions.PASSWORD,
          StateOptions.PASSWORD_FILE,
          "SMARTLEAD_PROGRAM");

  /** Kubernetes sets such variables for each service whose name begins like ours. */
  private static final Pattern SERVICE = Pattern.compile("_SERVICE_(HOST|PORT)|_PORT($|_)");

  /** What else stands in a file can be a secret, if the file is none with settings. */
  private static final Pattern LIKE_A_NAME = Pattern.compile("[a-z-]{1,40}|[a-z]{1,20}\\..*");

  /** The prefix of a curve's name. */
  static final String CURVE = "curve.";

  private final ProcessEnvironment environment;
  private final ConfigFiles files;
  private @Nullable WorkspaceSettings workspaces;

  private SettingsDefaults(ProcessEnvironment environment, ConfigFiles files) {
    this.environment = environment;
    this.files = files;
  }

  public static SettingsDefaults none(ProcessEnvironment environment) {
    return new SettingsDefaults(environment, ConfigFiles.none(environment));
  }

  /** The defaults of the running command. */
  public static SettingsDefaults of(CommandSpec command) {
    return (SettingsDefaults) command.defaultValueProvider();
  }

  /**
   * Reads the config file and the profile that a command line or variables choose.
   *
   * @throws UsageException if one is missing or cannot be read
   */
  public static SettingsDefaults read(ProcessEnvironment environment, List<String> arguments) {
    try {
      return new SettingsDefaults(
          environment, ConfigFiles.read(environment, ConfigChoice.of(environment, arguments)));
    } catch (ConfigException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  /** The profile in use; null for none. */
  public @Nullable String profile() {
    return files.profile();
  }

  /** Whether the profile has a value of its own for an option. */
  public boolean isOfProfile(String option) {
    return files.isOfProfile(option);
  }

  /** The config file, which need not exist. */
  public Path file() {
    return files.main();
  }

  /**
   * Whether all names in the file are curves, settings of workspaces, or options of these commands.
   *
   * @throws UsageException if a curve is not valid
   */
  public boolean areNamesOf(Collection<CommandSpec> commands) {
    return names(commands).containsAll(files.names());
  }

  private Set<String> names(Collection<CommandSpec> commands) {
    Set<String> names = new TreeSet<>();
    for (CommandSpec command : commands) {
      command.options().stream()
          .filter(SettingsDefaults::isSetting)
          .forEach(option -> names.add(name(option)));
    }
    curves().keySet().forEach(name -> names.add(CURVE + name));
    // A command checks the settings of workspaces when it begins.
    files.names().stream()
        .filter(name -> name.startsWith(WorkspaceSettings.PREFIX))
        .forEach(names::add);
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
    for (Map.Entry<String, ConfigLine> entry : files.lineByName().entrySet()) {
      String found = entry.getKey();
      String file = entry.getValue().place();
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
        if (!LIKE_A_NAME.matcher(found).matches()) {
          throw new UsageException(file + ": no such setting; expected NAME = VALUE");
        }
        throw new UsageException(
            "%s: %s: no such setting%s; the settings are %s"
                .formatted(
                    file,
                    found,
                    WorkspaceSettings.nearest(found, known)
                        .map(" (did you mean %s?)"::formatted)
                        .orElse(""),
                    kinds(known)));
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
      workspaces = WorkspaceSettings.of(files);
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
    return files
        .find(name)
        .map(line -> line.value().strip())
        .filter(value -> !value.isEmpty())
        .orElse(null);
  }

  /**
   * The curves for ramp plans, by name.
   *
   * @throws UsageException if a curve is not valid
   */
  public Map<String, Curve> curves() {
    Map<String, Curve> curvesByName = new TreeMap<>();
    files
        .lineByName()
        .forEach(
            (key, line) -> {
              if (key.startsWith(CURVE)) {
                String name = key.substring(CURVE.length());
                try {
                  curvesByName.put(name, Curve.parse(name, line.value(), key));
                } catch (IllegalArgumentException e) {
                  throw new UsageException(line.place() + ": " + e.getMessage());
                }
              }
            });
    return curvesByName;
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    return argument instanceof OptionSpec option && isSetting(option) ? value(option) : null;
  }

  private @Nullable String value(OptionSpec option) {
    String name = name(option);
    if (name.equals("no-color") && !variable(NO_COLOR).isEmpty()) {
      return "true";
    }
    String value = value(name);
    // A path in a config file must not depend on the current folder.
    return value != null && option.type() == Path.class && !isVariable(name)
        ? files.base().resolve(value).toString()
        : value;
  }

  /** The variable or the line of a file that gives an option its value; empty for neither. */
  Optional<String> place(OptionSpec option, String value) {
    String name = name(option);
    if (!value.equals(value(option))) {
      return Optional.empty();
    }
    return isVariable(name)
        ? Optional.ofNullable(VARIABLE_BY_OPTION.get(name))
        : files.find(name).map(line -> line.place() + ": " + name);
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

  /**
   * All settings of some commands, by name, then what only variables or the config file can set.
   *
   * @param given the command line whose options count; null for none
   */
  public List<ShownSetting> shown(Collection<CommandSpec> commands, @Nullable ParseResult given) {
    Map<String, ShownSetting> shownByName = new TreeMap<>();
    for (CommandSpec command : commands) {
      command.options().stream()
          .filter(SettingsDefaults::isSetting)
          .forEach(option -> shownByName.putIfAbsent(name(option), shown(option, given)));
    }
    List<ShownSetting> all = new ArrayList<>(shownByName.values());
    all.addAll(secrets());
    all.addAll(namedLines());
    return all;
  }

  private ShownSetting shown(OptionSpec option, @Nullable ParseResult given) {
    String name = name(option);
    if (given != null && given.hasMatchedOption(option)) {
      List<String> values = given.matchedOption(option.longestName()).originalStringValues();
      return ShownSetting.ofOption(name, values.isEmpty() ? "true" : String.join("; ", values));
    }
    String value = value(option);
    if (value == null) {
      return ShownSetting.ofDefault(name, usual(option, name));
    }
    if (isVariable(name)) {
      return ShownSetting.ofVariable(name, value, VARIABLE_BY_OPTION.getOrDefault(name, ""));
    }
    return files
        .find(name)
        .map(line -> ShownSetting.ofLine(name, value, line, files.isOfProfile(name)))
        .orElseGet(() -> ShownSetting.ofVariable(name, value, NO_COLOR));
  }

  private @Nullable String usual(OptionSpec option, String name) {
    if (name.equals("state-dir")) {
      return environment.places().state().toString();
    }
    String text = option.defaultValue();
    return text == null && option.type() == boolean.class ? "false" : text;
  }

  /** What only variables can set. */
  private List<ShownSetting> secrets() {
    List<ShownSetting> set = new ArrayList<>();
    if (isSet(API_KEY)) {
      set.add(ShownSetting.ofSecret("api-key", API_KEY));
    }
    if (isSet(StateOptions.PASSWORD)) {
      set.add(ShownSetting.ofSecret("state-password", StateOptions.PASSWORD));
    }
    String file = variable(StateOptions.PASSWORD_FILE);
    if (!file.isBlank()) {
      set.add(
          ShownSetting.ofVariable("state-password-file", file.strip(), StateOptions.PASSWORD_FILE));
    }
    return set;
  }

  /** The curves, and the settings of workspaces. */
  private List<ShownSetting> namedLines() {
    return files.lineByName().entrySet().stream()
        .filter(
            entry ->
                entry.getKey().startsWith(CURVE)
                    || entry.getKey().startsWith(WorkspaceSettings.PREFIX))
        .map(
            entry ->
                ShownSetting.ofLine(
                    entry.getKey(),
                    entry.getValue().value().strip(),
                    entry.getValue(),
                    files.isOfProfile(entry.getKey())))
        .toList();
  }

  /** Sentences about variables that look like ours and that nobody reads. */
  public List<String> unknownVariables() {
    Set<String> known =
        Stream.concat(OTHER_VARIABLES.stream(), VARIABLE_BY_OPTION.values().stream())
            .map(name -> name.substring(PREFIX.length()))
            .collect(Collectors.toCollection(TreeSet::new));
    return environment.variables().keySet().stream()
        .filter(name -> name.startsWith(PREFIX) && !SERVICE.matcher(name).find())
        .map(name -> name.substring(PREFIX.length()))
        .filter(rest -> !known.contains(rest))
        .sorted()
        .map(
            rest ->
                "the variable %s%s is unknown and has no effect%s"
                    .formatted(
                        PREFIX,
                        rest,
                        WorkspaceSettings.nearest(rest, known)
                            .map(meant -> ". Did you mean " + PREFIX + meant + "?")
                            .orElse("")))
        .toList();
  }

  /** Whether a variable has a value. */
  boolean isSet(String variable) {
    return !variable(variable).isBlank();
  }

  private String variable(String variable) {
    return environment.variables().getOrDefault(variable, "");
  }

  private static String name(OptionSpec option) {
    return option.longestName().replaceFirst("^-+", "");
  }
}
