package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import io.github.smartleadbulk.cli.option.SettingsDefaults;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.ramp.PlanReader;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.state.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.databind.json.JsonMapper;

/** What README and {@code docs/} say of the program is so, and what has to be there is there. */
class DocumentsTest {

  private static final int LONGEST_README = 150;
  private static final int FIRST_SCREEN = 25;

  private static final ProcessEnvironment ENVIRONMENT = ProcessEnvironment.ofProcess();
  private static final CommandLine PROGRAM =
      new Program(ENVIRONMENT).commandLine(SettingsDefaults.none(ENVIRONMENT), Program.COMMANDS);

  static List<Path> documents() {
    return Documents.all();
  }

  // README

  @Test
  void readmeIsShortAndItsFirstScreenHasTheTwoCommands() {
    List<String> lines = Documents.text(Documents.README).lines().toList();

    assertThat(lines).hasSizeLessThanOrEqualTo(LONGEST_README);
    assertThat(lines.subList(0, FIRST_SCREEN))
        .contains("./run.sh update samples/nightly-ramp.csv --sandbox", "./mvnw verify");
  }

  /**
   * In their order, as somebody tries them in a fresh checkout: so the numbers of runs are right.
   */
  @Test
  void readmesCommandsForTheSandboxDoWhatItSays(@TempDir Path home) throws IOException {
    copy(Documents.CHECKOUT.resolve("samples"), home.resolve("samples"));
    TestProgram program = new TestProgram(home).withConfig("rate = unlimited");

    for (String command : Documents.commandsInBlocks(Documents.README)) {
      if (command.matches(".*(--sandbox|--preview|run\\.sh resume ).*")) {
        Ended ended = program.run(Documents.arguments(command));
        Matcher expected = Pattern.compile("# exit (\\d+)").matcher(command);
        assertThat(ended.exitCode())
            .as("%s%n%s", command, ended.err())
            .isEqualTo(expected.find() ? Integer.parseInt(expected.group(1)) : 0);
      }
    }

    assertFilesAreDescribed(home.resolve("var"));
  }

  private static void assertFilesAreDescribed(Path state) throws IOException {
    Set<String> inRunFolders = Documents.codeOfColumn(Documents.REFERENCE, "### Run folder", 0);
    Set<String> inStateFolder = Documents.codeOfColumn(Documents.REFERENCE, "### State folder", 0);
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(state.resolve("runs"), 2)) {
      files.filter(Files::isRegularFile).forEach(file -> found.add(file.getFileName().toString()));
    }
    assertThat(inRunFolders).containsExactlyInAnyOrderElementsOf(found);
    try (Stream<Path> files = Files.list(state)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .allMatch(
              name ->
                  inStateFolder.contains(name.replaceFirst("^state-\\d+", "state-N"))
                      || inStateFolder.contains(name + "/N/"));
    }

    assertColumns("### Columns of results.csv", state.resolve("runs/1/results.csv"));
    assertColumns("### Columns of plan.csv", state.resolve("runs/3/plan.csv"));
    Map<?, ?> summary =
        JsonMapper.shared()
            .readValue(Files.readString(state.resolve("runs/1/summary.json")), Map.class);
    assertThat(Documents.codeOfColumn(Documents.REFERENCE, "### Fields of summary.json", 0))
        .isEqualTo(summary.keySet());
  }

  private static void assertColumns(String heading, Path file) throws IOException {
    List<String> header = List.of(Files.readAllLines(file).get(0).split(","));
    assertThat(
            Documents.tables(Documents.REFERENCE, heading).stream()
                .flatMap(row -> Documents.code(row.get(0)).stream()))
        .containsExactlyElementsOf(header);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  // All documents

  @ParameterizedTest
  @MethodSource("documents")
  void everyCommandLineIsUnderstood(Path document) {
    List<String> commands = new ArrayList<>(Documents.commandsInBlocks(document));
    commands.addAll(Documents.commandsInText(document));

    for (String command : commands) {
      String[] arguments = Documents.arguments(command.replaceAll(" N\\b", " 1"));
      assertThatCode(() -> PROGRAM.parseArgs(arguments)).as(command).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyLinkLeadsSomewhere(Path document) {
    for (String link : Documents.links(document)) {
      String[] parts = link.split("#", 2);
      Path target = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]).normalize();
      assertThat(target).as("%s: %s", document.getFileName(), link).exists();
      if (parts.length == 2) {
        assertThat(Documents.anchors(target)).as(link).contains(parts[1]);
      }
    }
  }

  @Test
  void everyDocumentIsLinkedFromTheReadme() {
    assertThat(Documents.links(Documents.README))
        .containsAll(
            Documents.all().stream()
                .filter(document -> !document.equals(Documents.README))
                .map(document -> Documents.CHECKOUT.relativize(document).toString())
                .toList());
  }

  @Test
  void theHelpSaysWhereTheDocumentsAre() {
    String help = new TestProgram(Path.of(".")).run("--help").out();

    assertThat(Pattern.compile("[\\w/]+\\.md").matcher(help).results().map(name -> name.group()))
        .hasSize(5)
        .allSatisfy(name -> assertThat(Documents.CHECKOUT.resolve(name)).exists());
  }

  /** Somebody searches for what he sees. */
  @Test
  void everyMessageInTroubleshootingIsOneOfTheProgram() throws IOException {
    String sources =
        sources().replaceAll("\"\\s*\\+\\s*\"", "")
            + Documents.text(ProgramBuild.LAUNCHER.resolve("launch.sh"));

    for (String heading : headings(Documents.TROUBLESHOOTING)) {
      for (List<String> row : Documents.tables(Documents.TROUBLESHOOTING, heading)) {
        Documents.code(row.get(0)).stream()
            .filter(code -> code.contains(" ") && !code.startsWith("./run.sh"))
            .flatMap(message -> Arrays.stream(message.split("…")))
            .map(String::strip)
            .forEach(part -> assertThat(sources.contains(part)).as(part).isTrue());
      }
    }
  }

  private static List<String> headings(Path document) {
    return Documents.text(document).lines().filter(line -> line.startsWith("## ")).toList();
  }

  private static String sources() throws IOException {
    try (Stream<Path> files = Files.walk(Documents.CHECKOUT.resolve("src/main/java"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(Documents::text)
          .collect(Collectors.joining());
    }
  }

  // The reference

  @Test
  void referenceHasEveryCommand() {
    assertThat(
            Documents.codeOfColumn(Documents.REFERENCE, "## Commands", 0).stream()
                .map(Documents::firstWord)
                .collect(Collectors.toSet()))
        .isEqualTo(PROGRAM.getSubcommands().keySet());
  }

  @Test
  void referenceHasEveryOptionWithItsCommandsAndDefault() {
    Map<String, Set<String>> commandsByOption = new LinkedHashMap<>();
    Map<String, Set<String>> namesByOption = new LinkedHashMap<>();
    Map<String, Set<String>> defaultsByOption = new LinkedHashMap<>();
    PROGRAM
        .getSubcommands()
        .forEach(
            (command, line) -> {
              for (OptionSpec option : line.getCommandSpec().options()) {
                if (option.hidden()) {
                  // Only for the program itself.
                  continue;
                }
                String name = option.longestName();
                commandsByOption.computeIfAbsent(name, any -> new HashSet<>()).add(command);
                namesByOption.put(name, Set.of(option.names()));
                Set<String> defaults =
                    defaultsByOption.computeIfAbsent(name, any -> new HashSet<>());
                if (option.defaultValue() != null && !option.type().equals(boolean.class)) {
                  defaults.add(option.defaultValue());
                }
              }
            });

    Map<String, Set<String>> documented = new LinkedHashMap<>();
    for (List<String> row : Documents.tables(Documents.REFERENCE, "## Options")) {
      List<String> names = Documents.code(row.get(0));
      String name = Documents.firstWord(names.get(names.size() - 1));
      documented.put(name, commands(row.get(3).replace("\\*", "")));
      assertThat(names.stream().map(Documents::firstWord))
          .containsExactlyInAnyOrderElementsOf(namesByOption.getOrDefault(name, Set.of()));
      assertThat(defaultsByOption.getOrDefault(name, Set.of()))
          .as("%s: its default", name)
          .allMatch(number -> (row.get(1) + row.get(2)).contains(number));
    }

    assertThat(documented).isEqualTo(commandsByOption);
  }

  /** The commands that a cell names, by themselves or by a short form such as "file commands". */
  private static Set<String> commands(String cell) {
    Set<String> every = PROGRAM.getSubcommands().keySet();
    if (cell.equals("all") || cell.startsWith("all but ")) {
      Set<String> commands = new HashSet<>(every);
      Documents.code(cell).forEach(commands::remove);
      return commands;
    }
    Set<String> commands = new HashSet<>(Documents.code(cell));
    String reference = Documents.text(Documents.REFERENCE);
    for (String form : List.of("run commands", "file commands", "API commands")) {
      if (cell.contains(form)) {
        Matcher meaning =
            Pattern.compile("^- \\*" + form + "\\*: (.*)$", Pattern.MULTILINE).matcher(reference);
        assertThat(meaning.find()).as(form).isTrue();
        commands.addAll(commands(meaning.group(1).replace("the run", "run")));
      }
    }
    assertThat(every).containsAll(commands);
    return commands;
  }

  @Test
  void referenceHasEveryVariable() throws IOException {
    Set<String> documented =
        Documents.codeOfColumn(Documents.REFERENCE, "## Config file and variables", 0);

    String sources = sources() + Files.readString(Documents.CHECKOUT.resolve("run.sh"));
    assertThat(documented)
        .allSatisfy(variable -> assertThat(sources).contains(variable))
        .containsAll(
            Pattern.compile("\"(SMARTLEAD_[A-Z_]+)\"|\\$\\{(JAVA_[A-Z]+):")
                .matcher(sources)
                .results()
                .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                .collect(Collectors.toSet()));
  }

  @Test
  void referenceMarksTheOptionsThatOnlyTheCommandLineCanSet() {
    Map<String, Set<String>> marked = new TreeMap<>();
    for (List<String> row : Documents.tables(Documents.REFERENCE, "## Options")) {
      List<String> names = Documents.code(row.get(0));
      for (String part : row.get(3).startsWith("all ") ? Set.of(row.get(3)) : parts(row.get(3))) {
        if (part.endsWith("\\*")) {
          marked
              .computeIfAbsent(
                  Documents.firstWord(names.get(names.size() - 1)), n -> new HashSet<>())
              .addAll(commands(part.replace("\\*", "")));
        }
      }
    }

    Map<String, Set<String>> ofOneRun = new TreeMap<>();
    PROGRAM
        .getSubcommands()
        .forEach(
            (command, line) ->
                line.getCommandSpec().options().stream()
                    .filter(option -> !option.hidden())
                    .filter(option -> !SettingsDefaults.isSetting(option))
                    .forEach(
                        option ->
                            ofOneRun
                                .computeIfAbsent(option.longestName(), name -> new HashSet<>())
                                .add(command)));
    assertThat(marked).isEqualTo(ofOneRun);
  }

  private static Collection<String> parts(String cell) {
    return List.of(cell.split(", "));
  }

  @Test
  void referenceHasEveryColumnUnderAllItsNames(@TempDir Path home) throws IOException {
    TestProgram program = new TestProgram(home);
    Set<String> names = new TreeSet<>();
    for (List<String> row : Documents.tables(Documents.REFERENCE, "## Columns")) {
      for (String name : Documents.code(row.get(0) + row.get(1))) {
        names.add(name);
        program.file("rows.csv", headerWith(name, Documents.code(row.get(0)).get(0)));
        Ended ended = program.run("validate", "rows.csv", "--allow-empty");
        assertThat(ended.exitCode()).as("%s: %s", name, ended.err()).isZero();
      }
    }

    for (AccountField field : AccountField.values()) {
      assertThat(names).contains(field.apiName()).containsAll(field.otherColumns());
    }
    assertThat(codes("## Ramp plan columns"))
        .containsAll(PlanReader.COLUMNS)
        .hasSize(PlanReader.COLUMNS.size() + 3)
        .contains("email_account_id", "from_email", "workspace");
  }

  /** A header that is complete with this column, whose main name is given too. */
  private static String headerWith(String name, String column) {
    return switch (column) {
      case "email_account_id", "from_email" -> name + ",bcc";
      case "_anything", "workspace" -> "id,bcc," + name;
      default -> "id," + name;
    };
  }

  @Test
  void referenceHasEveryStatusAndExitCode() {
    assertThat(codes("## Row statuses")).isEqualTo(names(List.of(RowStatus.values())));
    assertThat(codes("## Run statuses")).isEqualTo(names(List.of(RunStatus.values())));
    assertThat(
            Documents.tables(Documents.REFERENCE, "## Exit codes").stream()
                .map(row -> Integer.valueOf(row.get(0))))
        .containsExactlyElementsOf(
            Arrays.stream(ExitCode.values()).map(ExitCode::code).distinct().toList());
  }

  private static Set<String> codes(String heading) {
    return Documents.codeOfColumn(Documents.REFERENCE, heading, 0);
  }

  private static Set<String> names(Collection<?> statuses) {
    return statuses.stream().map(Object::toString).collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void theGlossaryIsInOrder() {
    assertThat(Documents.tables(Documents.REFERENCE, "## Glossary").stream().map(row -> row.get(0)))
        .isSorted()
        .contains("run", "row", "account", "guard", "window", "snapshot", "plan", "canary")
        .contains("outcome", "uncertain");
  }
}
