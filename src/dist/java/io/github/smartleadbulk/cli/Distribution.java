package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.cli.option.SettingsDefaults;
import io.github.smartleadbulk.cli.output.HelpPage;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.file.Fingerprint;
import io.github.smartleadbulk.file.PrivateFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/**
 * What the distribution has besides jars, scripts and documents. Only the build of the distribution
 * uses this class.
 */
public final class Distribution {

  private static final String PROGRAM = "smartlead-bulk";
  private static final String COMPLETION = "completion";

  /** Where shells look for completions, by shell. */
  private static final Map<String, String> COMPLETIONS =
      Map.of(
          "bash", "bash-completion/completions/" + PROGRAM,
          "zsh", "zsh/vendor-completions/_" + PROGRAM,
          "fish", "fish/vendor_completions.d/" + PROGRAM + ".fish");

  private Distribution() {}

  /**
   * Makes the files that one step of the build needs.
   *
   * @param args {@code files FOLDER MODULES} for the sources of the man pages, the completions and
   *     the Java runtime; {@code checksums FOLDER} for the checksums of what was built
   */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[1]);
    if (args[0].equals("checksums")) {
      writeChecksums(folder);
      return;
    }
    writeManSources(folder.resolve("man"));
    writeCompletions(folder.resolve("share"));
    makeRuntime(folder.resolve("runtime"), args[2]);
  }

  private static void writeManSources(Path folder) throws IOException {
    ProcessEnvironment environment = environment(System.out);
    CommandLine line =
        new Program(environment).commandLine(SettingsDefaults.none(environment), Program.COMMANDS);
    List<CommandSpec> specs = new ArrayList<>(List.of(line.getCommandSpec()));
    line.getSubcommands().values().forEach(command -> specs.add(command.getCommandSpec()));
    specs.forEach(Distribution::forMan);
    Files.createDirectories(folder);
    int code =
        ManPageGenerator.generateManPage(
            folder.toFile(), null, new boolean[0], false, specs.toArray(CommandSpec[]::new));
    if (code != 0) {
      throw new IllegalStateException("the sources of the man pages were not made: " + code);
    }
  }

  /** Moves examples to where man pages have them. */
  private static void forMan(CommandSpec spec) {
    UsageMessageSpec usage = spec.usageMessage();
    List<String> description = List.of(usage.description());
    List<String> text = description;
    List<String> examples = List.of();
    for (int i = 0; i < description.size(); i++) {
      if (description.get(i).matches("Examples?:")) {
        text = description.subList(0, i);
        examples = description.subList(i + 1, description.size());
      }
    }
    usage.description(text.stream().filter(line -> !line.isEmpty()).toArray(String[]::new));
    List<String> footer = new ArrayList<>();
    if (!examples.isEmpty()) {
      footer.add("----");
      examples.forEach(example -> footer.add(example.strip()));
      footer.add("----");
    }
    usage.footerHeading("Examples%n").footer(footer.toArray(String[]::new));
    usage
        .exitCodeListHeading("Exit codes%n")
        .exitCodeList(
            new HelpPage(spec, CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .exitCodes());
  }

  private static void writeCompletions(Path folder) throws IOException {
    for (Map.Entry<String, String> completion : COMPLETIONS.entrySet()) {
      ByteArrayOutputStream script = new ByteArrayOutputStream();
      int code =
          new Program(environment(new PrintStream(script, true, StandardCharsets.UTF_8)))
              .run(COMPLETION, completion.getKey());
      if (code != 0) {
        throw new IllegalStateException("no completion for " + completion.getKey() + ": " + code);
      }
      Path file = folder.resolve(completion.getValue());
      Files.createDirectories(file.getParent());
      Files.write(file, script.toByteArray());
    }
  }

  private static ProcessEnvironment environment(PrintStream out) {
    return new ProcessEnvironment(
        Map.of("SMARTLEAD_PROGRAM", PROGRAM),
        Path.of(""),
        Path.of(""),
        InputStream.nullInputStream(),
        out,
        System.err,
        0,
        Clock.systemUTC());
  }

  /**
   * A runtime of the JDK that builds. It has no archive of classes: two dumps differ, and one of
   * the program's classes would only fit one folder. The launcher makes one at the first start. It
   * has no classes for method handles made in advance either: jlink makes them before or after it
   * strips debug attributes, in an order that differs from one build to the next.
   */
  private static void makeRuntime(Path folder, String modules) throws IOException {
    String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    if (!platform.toLowerCase(Locale.ROOT).equals("linux amd64")) {
      throw new IllegalStateException("build the distribution on Linux x64, not on " + platform);
    }
    if (Files.exists(folder)) {
      PrivateFiles.deleteTree(folder);
    }
    int code =
        ToolProvider.findFirst("jlink")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "--add-modules",
                modules,
                "--strip-java-debug-attributes",
                "--disable-plugin",
                "generate-jli-classes",
                "--no-header-files",
                "--no-man-pages",
                "--output",
                folder.toString());
    if (code != 0) {
      throw new IllegalStateException("jlink failed: " + code);
    }
  }

  /** Writes what {@code sha256sum --check} reads. */
  private static void writeChecksums(Path folder) throws IOException {
    StringBuilder sums = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.matches(PROGRAM + "[-_]\\d.*\\.(tar\\.gz|zip|deb|json)")) {
          sums.append(Fingerprint.of(file)).append("  ").append(name).append('\n');
        }
      }
    }
    Files.writeString(folder.resolve("SHA256SUMS"), sums);
  }
}
