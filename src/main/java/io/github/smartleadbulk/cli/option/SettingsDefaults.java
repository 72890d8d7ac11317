package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.ramp.Curve;
import io.github.smartleadbulk.run.FaultMessages;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
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
 * What options are when they are not given: an environment variable, then {@code
 * config/smartlead-bulk.properties}, then the option's own default.
 */
public final class SettingsDefaults implements IDefaultValueProvider {

  static final String API_KEY = "SMARTLEAD_API_KEY";

  private static final Map<String, String> VARIABLE_BY_OPTION =
      Map.of(
          "api-key-file", "SMARTLEAD_API_KEY_FILE",
          "base-url", "SMARTLEAD_BASE_URL",
          "notify", "SMARTLEAD_NOTIFY",
          "state-dir", "SMARTLEAD_STATE_DIR");

  /** What can only be meant for this time. */
  private static final Set<String> OF_ONE_RUN =
      Set.of(
          "--plan", "--only", "--accounts", "--account", "--out", "--date", "--preview", "--set");

  /** Before the name of a curve that ramp plans may use. */
  private static final String CURVE = "curve.";

  private final ProcessEnvironment surroundings;
  private final Path file;
  private final Properties properties;

  private SettingsDefaults(ProcessEnvironment surroundings, Path file, Properties properties) {
    this.surroundings = surroundings;
    this.file = file;
    this.properties = properties;
  }

  public static SettingsDefaults none(ProcessEnvironment surroundings) {
    return new SettingsDefaults(surroundings, surroundings.home(), new Properties());
  }

  public static SettingsDefaults read(ProcessEnvironment surroundings) {
    Path file = surroundings.home().resolve("config").resolve("smartlead-bulk.properties");
    Properties properties = new Properties();
    try {
      // Windows' editor begins files with a byte order mark.
      properties.load(new StringReader(Files.readString(file).replaceFirst("^\uFEFF", "")));
    } catch (NoSuchFileException e) {
      // All defaults.
    } catch (IOException | IllegalArgumentException e) {
      throw new UsageException(file + " cannot be read: " + FaultMessages.of(e));
    }
    return new SettingsDefaults(surroundings, file, properties);
  }

  /**
   * Whether all names in the file are options of these commands, or curves.
   *
   * @throws UsageException if a curve is none
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
    return names;
  }

  /**
   * Refuses a file with names that are no settings.
   *
   * @param commands all there are
   * @throws UsageException if the file has a name that is no command's option
   */
  public void checkNames(Collection<CommandSpec> commands) {
    Set<String> known = names(commands);
    known.add(CURVE + "NAME");
    for (String found : properties.stringPropertyNames()) {
      if (found.equals("api-key")) {
        throw new UsageException(
            file
                + ": api-key: the key does not belong into this file; use api-key-file or the"
                + " variable "
                + API_KEY);
      }
      if (!known.contains(found)) {
        throw new UsageException(file + ": " + found + ": no such setting; known are " + known);
      }
    }
  }

  /**
   * Those that ramp plans may use, by name.
   *
   * @throws UsageException if one of them is none
   */
  public Map<String, Curve> curves() {
    Map<String, Curve> curvesByName = new TreeMap<>();
    for (String key : properties.stringPropertyNames()) {
      if (key.startsWith(CURVE)) {
        String name = key.substring(CURVE.length());
        try {
          curvesByName.put(name, Curve.parse(name, properties.getProperty(key)));
        } catch (IllegalArgumentException e) {
          throw new UsageException(file + ": " + e.getMessage());
        }
      }
    }
    return curvesByName;
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option) || !isSetting(option)) {
      return null;
    }
    String name = name(option);
    if (name.equals("no-color") && !environment("NO_COLOR").isEmpty()) {
      return "true";
    }
    String variable = VARIABLE_BY_OPTION.get(name);
    if (variable != null && !environment(variable).isBlank()) {
      return environment(variable).strip();
    }
    String value = properties.getProperty(name);
    if (value == null || value.isBlank()) {
      return null;
    }
    // A path in the checkout's config is relative to the checkout, wherever it is read from.
    return option.type() == Path.class
        ? surroundings.home().resolve(value.strip()).toString()
        : value.strip();
  }

  /**
   * Whether it can stand in the config file. The sandbox plays SmartLead's part: our own limits are
   * none of its business.
   */
  public static boolean isSetting(OptionSpec option) {
    return !OF_ONE_RUN.contains(option.longestName())
        && !option.usageHelp()
        && !option.versionHelp()
        && !option.command().name().equals("sandbox");
  }

  private String environment(String variable) {
    return surroundings.environment().getOrDefault(variable, "");
  }

  private static String name(OptionSpec option) {
    return option.longestName().replaceFirst("^-+", "");
  }
}
