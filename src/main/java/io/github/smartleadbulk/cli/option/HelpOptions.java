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
      description = "Show the version, the commit and the JVM.")
  boolean version;

  /** The version and the commit, which Maven writes into a file, and the JVM. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
      Properties build = build();
      return new String[] {
        "smartlead-bulk " + build.getProperty("version") + commit(build),
        "Java %s (%s)"
            .formatted(
                System.getProperty("java.runtime.version"), System.getProperty("java.vendor"))
      };
    }

    static String number() throws IOException {
      return build().getProperty("version");
    }

    private static Properties build() throws IOException {
      Properties build = new Properties();
      try (InputStream file = Version.class.getResourceAsStream("version.properties")) {
        build.load(file);
      }
      return build;
    }

    /** Empty for a build outside of a repository. */
    private static String commit(Properties build) {
      String commit = build.getProperty("commit", "");
      if (commit.isEmpty()) {
        return "";
      }
      boolean isChanged = Boolean.parseBoolean(build.getProperty("changed"));
      return " (commit " + commit + (isChanged ? ", changed" : "") + ")";
    }
  }
}
