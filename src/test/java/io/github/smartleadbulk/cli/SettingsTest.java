package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import io.github.smartleadbulk.cli.option.SettingsDefaults;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.sandbox.Sandbox;
import io.github.smartleadbulk.sandbox.SandboxSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.OptionSpec;

class SettingsTest {

  @TempDir Path home;

  private TestProgram program;

  @BeforeEach
  void program() throws IOException {
    program = new TestProgram(home);
    program.file("rows.csv", "id,max_email_per_day", Sandbox.FIRST_ACCOUNT_ID + ",5");
  }

  private static String rateError(String value) {
    return "error: --rate: found \"" + value + "\"";
  }

  @Test
  void theConfigFileBeatsTheDefaultAndAnOptionBeatsTheFile() throws IOException {
    program.withConfig("rate = wrong");

    assertThat(program.run("update", "rows.csv", "--sandbox").err()).startsWith(rateError("wrong"));
    assertThat(program.run("update", "rows.csv", "--sandbox", "--rate", "other").err())
        .startsWith(rateError("other"));
  }

  @Test
  void aVariableBeatsTheConfigFileAndAnOptionBeatsTheVariable() throws IOException {
    program.withConfig("state-dir = from-config").with("SMARTLEAD_STATE_DIR", "from-variable");

    program.run("update", "rows.csv", "--sandbox");
    assertThat(home.resolve("from-variable/runs/1/results.csv")).exists();
    program.run("update", "rows.csv", "--sandbox", "--state-dir", "from-option");
    assertThat(home.resolve("from-option/runs/1/results.csv")).exists();
    assertThat(home.resolve("from-config")).doesNotExist();
  }

  @Test
  void pathsInTheConfigFileAreRelativeToTheCheckout(@TempDir Path elsewhere) throws IOException {
    program.withConfig("state-dir = kept/here");
    TestProgram away = new TestProgram(home, elsewhere);
    away.file("rows.csv", "id,max_email_per_day", "5,5");

    assertThat(away.run("update", "rows.csv", "--sandbox").exitCode()).isZero();
    assertThat(home.resolve("kept/here/runs/1/results.csv")).exists();
  }

  @Test
  void anUnknownNameInTheConfigFileIsRefused() throws IOException {
    program.withConfig("ratte = pro");

    Ended ended = program.run("runs");

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err())
        .contains("ratte: no such setting (did you mean rate?); the settings are [")
        .contains("rate");
  }

  @Test
  void theKeyIsRefusedInTheConfigFile() throws IOException {
    program.withConfig("api-key = secret-4711");

    Ended ended = program.run("runs");

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err())
        .contains("the key does not belong in this file")
        .doesNotContain("secret-4711");
  }

  @Test
  void aFlagMayStandInTheConfigFile() throws IOException {
    program.withConfig("quiet = true");

    assertThat(program.run("update", "rows.csv", "--sandbox")).isEqualTo(new Ended(0, "", ""));
  }

  @Test
  void aFlagThatIsSetTwiceIsSet() throws IOException {
    program.withConfig("strict = true").with("NO_COLOR", "1").onTerminal(80);
    program.file("rows.csv", "id,max_email_per_day", "1,5", "2,many");

    Ended ended = program.run("update", "rows.csv", "--sandbox", "--strict", "--no-color");

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).doesNotContain("\u001B[3");
  }

  @Test
  void withoutAKeyNothingIsSent() {
    Ended ended = program.run("update", "rows.csv");

    assertThat(ended.exitCode()).isEqualTo(3);
    assertThat(ended.err())
        .isEqualTo(
            "error: no API key: set the variable SMARTLEAD_API_KEY, or name a file that holds it"
                + " with --api-key-file or SMARTLEAD_API_KEY_FILE"
                + System.lineSeparator());
  }

  @Test
  void theKeyComesFromOptionThenVariableThenFile() throws IOException {
    program.file("from-option", "right", "second line");
    program.file("from-variable", "right");
    program.file("from-config", "stale");
    try (Sandbox sandbox = Sandbox.start(settings("right"))) {
      String[] update = {
        "update", "rows.csv", "--fresh", "--base-url", sandbox.baseUrl().toString()
      };

      program.withConfig("api-key-file = from-config");
      assertThat(program.run(update).exitCode()).isEqualTo(3);
      program.with("SMARTLEAD_API_KEY_FILE", "from-variable");
      assertThat(program.run(update).exitCode()).isZero();
      program.with("SMARTLEAD_API_KEY", "stale");
      assertThat(program.run(update).exitCode()).isEqualTo(3);
      List<String> withOption = new ArrayList<>(List.of(update));
      withOption.addAll(List.of("--api-key-file", "from-option"));
      assertThat(program.run(withOption.toArray(new String[0])).exitCode()).isZero();
    }
  }

  private static SandboxSettings settings(String key) {
    SandboxSettings defaults = SandboxSettings.defaults();
    return new SandboxSettings(
        defaults.port(),
        defaults.accounts(),
        defaults.windows(),
        defaults.latency(),
        defaults.faults(),
        key,
        defaults.seed(),
        defaults.store());
  }

  @Test
  void theFileInTheRepositoryNamesEverySettingAndSetsNone() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("config", "smartlead-bulk.properties"));
    Set<String> named =
        lines.stream()
            .map(Pattern.compile("^#([a-z-]+) =.*")::matcher)
            .filter(Matcher::matches)
            .map(line -> line.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(lines).allMatch(line -> line.isBlank() || line.startsWith("#"));
    assertThat(named)
        .isEqualTo(
            options()
                .filter(SettingsDefaults::isSetting)
                .map(SettingsTest::name)
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  /**
   * With one of these in the file, {@code prune} would delete the history, {@code show} hide it.
   */
  static Stream<String> optionsOfOneRun() {
    return options()
        .filter(option -> !SettingsDefaults.isSetting(option))
        .map(SettingsTest::name)
        .filter(
            name ->
                options()
                    .filter(option -> name(option).equals(name))
                    .noneMatch(SettingsDefaults::isSetting))
        .distinct();
  }

  @ParameterizedTest
  @MethodSource("optionsOfOneRun")
  void anOptionOfOneRunIsRefusedInTheConfigFile(String name) throws IOException {
    program.withConfig(name + " = 0ms");

    for (String command : List.of("runs", "prune", "sandbox")) {
      Ended ended = program.run(command);
      assertThat(ended.exitCode()).isEqualTo(2);
      assertThat(ended.err()).contains(name + ": only the command line can set this option");
    }
  }

  /** {@code rollback --force} overwrites what others have set, {@code update --force} does not. */
  @Test
  void anOptionCanBeASettingOfOneCommandAndNotOfAnother() {
    assertThat(
            options()
                .filter(option -> option.longestName().equals("--force"))
                .filter(SettingsDefaults::isSetting)
                .map(option -> option.command().name()))
        .containsExactly("update", "plan");
  }

  private static Stream<OptionSpec> options() {
    ProcessEnvironment environment = ProcessEnvironment.ofProcess();
    return new Program(environment)
            .commandLine(SettingsDefaults.none(environment), Program.COMMANDS)
            .getSubcommands()
            .values()
            .stream()
            .flatMap(line -> line.getCommandSpec().options().stream());
  }

  private static String name(OptionSpec option) {
    return option.longestName().substring(2);
  }
}
