package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.cli.config.ConfigChoice;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options that choose the config file. {@link SettingsDefaults} has read them before picocli
 * does.
 */
@OneRun
@Repeated
@Under(Heading.CONFIG)
public final class ConfigOptions {

  @Option(
      names = ConfigChoice.CONFIG,
      paramLabel = "FILE",
      description =
          "Config file to use instead of the usual one (variable: SMARTLEAD_CONFIG). 'config show' names the usual one.")
  @Nullable Path file;

  @Option(
      names = ConfigChoice.PROFILE,
      paramLabel = "NAME",
      description =
          "Also use the settings in NAME.properties next to the config file, which override those in it (variable: SMARTLEAD_PROFILE).")
  @Nullable String profile;

  /** The option that names the config file, for a command in the same process. */
  public List<String> ofFile(ProcessEnvironment environment) {
    return file == null
        ? List.of()
        : List.of(ConfigChoice.CONFIG, environment.resolve(file.toString()).toString());
  }
}
