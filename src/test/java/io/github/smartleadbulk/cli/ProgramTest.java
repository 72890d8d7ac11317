package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import io.github.smartleadbulk.cli.option.SettingsDefaults;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.run.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class ProgramTest {

  @TempDir Path home;

  private TestProgram program;

  @BeforeEach
  void program() {
    program = new TestProgram(home);
  }

  static Set<String> commands() {
    ProcessEnvironment environment = ProcessEnvironment.ofProcess();
    return new Program(environment)
        .commandLine(SettingsDefaults.none(environment), Program.COMMANDS)
        .getSubcommands()
        .keySet();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasHelpWithItsExitCodesAndAVersion(String command) {
    Ended help = program.run(command, "--help");

    assertThat(help.exitCode()).isZero();
    assertThat(help.out())
        .startsWith("Usage: smartlead-bulk " + command)
        .containsPattern("Examples?:\\R  \\./run\\.sh " + command)
        .contains("Help:")
        .doesNotContain("%%", "%n");
    assertThat(exitCodes(help)).isSubsetOf(exitCodes()).contains(2, 70).isSorted();
    assertThat(program.run("help", command)).isEqualTo(help);
    Ended version = program.run(command, "--version");
    assertThat(version.exitCode()).isZero();
    assertThat(version.out())
        .matches(
            "smartlead-bulk \\d+\\.\\d+\\.\\d+\\S*( \\(commit [0-9a-f]{7,}(, changed)?\\))?\\R"
                + "Java \\d+\\S* \\(.+\\)\\R");
  }

  @ParameterizedTest
  @ValueSource(strings = {"update", "plan", "resume", "retry", "rollback", "ramp"})
  void runsCanEndWithEveryExitCode(String command) {
    assertThat(exitCodes(program.run(command, "--help"))).isEqualTo(exitCodes());
  }

  private static List<Integer> exitCodes() {
    return Arrays.stream(ExitCode.values()).map(ExitCode::code).distinct().toList();
  }

  private static List<Integer> exitCodes(Ended help) {
    return Pattern.compile("(?m)^  (\\d+) +\\S")
        .matcher(help.out().substring(help.out().indexOf("Exit codes")))
        .results()
        .map(match -> Integer.valueOf(match.group(1)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void theHelpHasEachOptionOnceUnderAHeading(String command) {
    String help = program.run(command, "--help").out();

    Program.COMMANDS.stream()
        .filter(type -> type.getAnnotation(CommandLine.Command.class).name().equals(command))
        .map(
            type ->
                CommandSpec.forAnnotatedObject(
                    type, new CommandFactory(ProcessEnvironment.ofProcess())))
        .flatMap(spec -> spec.options().stream())
        .filter(option -> !option.hidden())
        .forEach(
            option ->
                assertThat(help)
                    .containsOnlyOnce(
                        (option.names().length == 1 ? "\n      " : ", ")
                            + option.longestName()
                            + (option.arity().max() == 0 ? " " : "=")));
    assertThat(help.lines().filter(line -> line.matches("[A-Z][A-Za-z ]+:")))
        .doesNotHaveDuplicates();
  }

  @Test
  void examplesInTheHelpBeginAsTheProgramWasCalled() {
    assertThat(program.with("SMARTLEAD_PROGRAM", "smartlead-bulk").run("help", "resume").out())
        .contains("  smartlead-bulk resume")
        .doesNotContain("run.sh");
  }

  @Test
  void theHelpListsEveryCommandAndItself() {
    Ended help = program.run("--help");

    assertThat(help.exitCode()).isZero();
    assertThat(exitCodes(help)).isEqualTo(exitCodes());
    assertThat(commands()).allMatch(command -> help.out().contains("\n  " + command + " "));
    assertThat(help.out()).contains("\n  help ");
    assertThat(program.run("help")).isEqualTo(help);
    assertThat(program.run("help", "updat").exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "updat x.csv, 'Did you mean: update, validate, status?'",
    "update x.csv --rat=5, Did you mean: --rate?",
  })
  void aTypingErrorIsAnsweredWithWhatWasMeant(String arguments, String suggestion) {
    Ended ended = program.run(arguments.split(" "));

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains(suggestion).contains("See: ./run.sh ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | no command was given",
        "apply x.csv | unknown command: apply",
        "update | FILE is missing",
        "update x.csv y.csv | unexpected argument: y.csv",
        "prune | --older-than DURATION is missing",
        "update x.csv --rate | --rate WINDOWS is missing",
        "update x.csv --rat 5 | unknown option: --rat",
        "update x.csv --duplicates x | --duplicates: found \"x\", expected refuse or merge",
        "update x.csv --snapshot x | --snapshot: found \"x\", expected auto, full or none",
        "update x.csv --max-attempts x | --max-attempts: found \"x\", expected a whole number",
        "update x.csv --max-attempts 99999999999 | expected a smaller number",
        "update x.csv --ceiling 1.5 | --ceiling: found \"1.5\", expected a whole number",
        "resume x | RUN: found \"x\", expected a whole number",
        "update x.csv --sandbox=x | --sandbox: found \"x\", expected true or false",
        "update x.csv --base-url a^b | --base-url: found \"a^b\", expected a URL such as https://",
        "update x.csv --rate 5 --sandbox"
            + " | --rate: found \"5\", expected standard, pro, unlimited or windows",
        "update x.csv --reserve 100 --sandbox"
            + " | --reserve: found 100, expected 0 to 99 percent",
        "update x.csv --timeout soon"
            + " | found \"soon\", expected a time such as 50ms, 30s, 10m or 4h",
        "update x.csv --max-attempts 0 --sandbox | found 0 attempts, expected 1 or more",
        "update nowhere.csv --sandbox | nowhere.csv: no such file",
        "validate nowhere.csv | nowhere.csv: no such file",
        "validate x.csv --delimiter abc"
            + " | --delimiter: found \"abc\", expected one character, or tab",
        "validate x.csv --charset utf-99"
            + " | --charset: found \"utf-99\", expected a character set such as UTF-8",
        "update . --sandbox | .: is a folder, expected a CSV file",
        "update x.csv --charset x-JISAutoDetect --sandbox"
            + " | --charset: x-JISAutoDetect can only be read, expected an encoding that can be written",
        "update x.csv --timeout 2h --sandbox"
            + " | found a timeout of 7200 s, expected more than 0 and at most 1 hour",
        "ramp | PLAN.csv is missing",
        "ramp nowhere.csv --sandbox | nowhere.csv: no such file",
        "ramp . --sandbox | .: is a folder, expected a ramp plan",
        "ramp x.csv --date 23.11.2026"
            + " | --date: found \"23.11.2026\", expected a date such as 2026-11-23 (year-month-day)",
        "ramp x.csv --time-zone Mars"
            + " | --time-zone: found \"Mars\", expected a time zone such as Europe/Berlin or UTC",
        "ramp x.csv --delimiter abc"
            + " | --delimiter: found \"abc\", expected one character, or tab",
        "update x.csv --state-dir= | --state-dir: found an empty path, expected the path of a",
        "update x.csv --results= | --results: found an empty path",
        "update x.csv --html= | --html: found an empty path",
        "plan x.csv --out= | --out: found an empty path",
        "doctor --api-key-file= | --api-key-file: found an empty path",
        "sandbox --keys= | --keys: found an empty path",
        "sandbox --store= | --store: found an empty path",
        "show 7 | there are no runs yet",
        "resume 7 --sandbox | there is no run 7",
        "sandbox --faults 429 | found \"429\", expected faults such as 429:5%",
      })
  void wrongUsageIsToldWithoutAStackTrace(String arguments, String message) throws IOException {
    program.file("x.csv", "id,max_email_per_day", "1,5");

    Ended ended = program.run(arguments.isBlank() ? new String[0] : arguments.split(" "));

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).startsWith("error: ").contains(message).doesNotContain("\tat ");
    assertThat(ended.err()).doesNotContain("java.").doesNotContain("Exception");
  }

  @Test
  void verboseShowsTheStackTrace() {
    Ended ended = program.run("update", "nowhere.csv", "--sandbox", "-v");

    assertThat(ended.err()).contains("\tat ");
  }

  @Test
  void aBrokenConfigFileDoesNotKeepAnybodyFromTheHelp() throws IOException {
    program.withConfig("ratte = pro");

    assertThat(program.run("update", "--help").exitCode()).isZero();
    assertThat(program.run("runs").exitCode()).isEqualTo(2);
  }

  @Test
  void aConfigFileOfWindowsIsRead() throws IOException {
    program.withConfig("\uFEFFrate = wrong\r");
    program.file("x.csv", "id,max_email_per_day", "1,5");

    assertThat(program.run("update", "x.csv", "--sandbox").err())
        .startsWith("error: --rate: found \"wrong\"");
  }
}
