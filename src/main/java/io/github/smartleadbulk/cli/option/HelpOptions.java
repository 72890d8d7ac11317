package io.github.smartleadbulk.cli.option;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;

/** The options of every command. */
@Under(Heading.HELP)
@Command(versionProvider = HelpOptions.Version.class)
public final class HelpOptions {

  @OneRun
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @OneRun
  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  boolean version;

  /** The version, which Maven writes into a file. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
      return new String[] {"smartlead-bulk " + number()};
    }

    static String number() throws IOException {
      try (InputStream file = Version.class.getResourceAsStream("version.properties")) {
        Properties properties = new Properties();
        properties.load(file);
        return properties.getProperty("version");
      }
    }
  }
}
