package io.github.smartleadbulk.cli.config;

import io.github.smartleadbulk.account.WorkspaceNames;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which config file to read. It is known before picocli reads the command line, because the file
 * has values of options.
 *
 * @param file as the user gave it; null for the usual file
 * @param profile a possible name; null for none
 */
public record ConfigChoice(@Nullable String file, @Nullable String profile) {

  /** After it, nothing is an option. */
  public static final String END = "--";

  public static final String CONFIG = "--config";
  public static final String PROFILE = "--profile";
  public static final String PROFILE_VARIABLE = "SMARTLEAD_PROFILE";
  public static final String FILE_VARIABLE = "SMARTLEAD_CONFIG";

  public ConfigChoice {
    if (profile != null && !WorkspaceNames.isPossible(profile)) {
      throw new ConfigException(
          "--profile: found \"%s\", expected %s".formatted(profile, WorkspaceNames.POSSIBLE));
    }
  }

  /**
   * What the options say, or else the variables.
   *
   * @throws ConfigException if the name of the profile is not possible
   */
  public static ConfigChoice of(ProcessEnvironment environment, List<String> arguments) {
    return new ConfigChoice(
        chosen(environment, arguments, CONFIG, FILE_VARIABLE),
        chosen(environment, arguments, PROFILE, PROFILE_VARIABLE));
  }

  private static @Nullable String chosen(
      ProcessEnvironment environment, List<String> arguments, String option, String variable) {
    for (int i = 0; i < arguments.size() && !arguments.get(i).equals(END); i++) {
      String argument = arguments.get(i);
      if (argument.equals(option) && i + 1 < arguments.size()) {
        return arguments.get(i + 1);
      }
      if (argument.startsWith(option + "=")) {
        return argument.substring(option.length() + 1);
      }
    }
    String value = environment.variables().getOrDefault(variable, "").strip();
    return value.isEmpty() ? null : value;
  }
}
