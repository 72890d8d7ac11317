package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import io.github.smartleadbulk.cli.option.SettingsDefaults;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.cli.target.Workspaces;
import io.github.smartleadbulk.run.StoredGuards;
import io.github.smartleadbulk.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the config file can say about workspaces. */
class WorkspaceSettingsTest {

  @TempDir Path home;

  private TestProgram program;

  @BeforeEach
  void program() throws IOException {
    program = new TestProgram(home);
    program.file("acme.key", "key-of-acme");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "acme.rate = fast | found \"fast\", expected standard, pro, unlimited or windows such as",
        "acme.reserve = 100 | found 100, expected 0 to 99 percent",
        "acme.reserve = half | found \"half\", expected a whole number",
        "acme.max-attempts = 0 | found 0 attempts, expected 1 or more",
        "acme.timeout = 2h | found a timeout of 7200 s, expected more than 0 and at most 1 hour",
        "acme.timeout = soon | found \"soon\", expected a time such as 50ms, 30s, 10m or 4h",
        "acme.max-outage = 1 | found \"1\", expected a time such as 50ms, 30s, 10m or 4h",
        "acme.concurrency = -1 | found -1 calls at once, expected 1 or more, or 0 for automatic",
        "acme.base-url = http://example.com | found base URL http://example.com, expected https",
        "acme.base-url = a b | found \"a b\", expected a URL such as https://server.smartlead.ai/",
        "acme.max-changes = some | found \"some\", expected a number such as 500 or a percentage",
        "acme.max-increase = 1.5 | found \"1.5\", expected a number such as 500 or a percentage",
        "acme.max-failures = -1 | found \"-1\", expected a number such as 500 or a percentage",
        "acme.canary = -1 | found -1, expected 0 or more",
        "acme.ratte = pro | no such setting of a workspace (did you mean rate?); the settings are [",
        "acme.x.y = pro | no such setting of a workspace; the settings are [api-key-file, base-url,",
        "acme = pro | no such setting of a workspace; the settings are [",
        "-acme.rate = pro | found the workspace name \"-acme\", expected at most 40 letters,",
        "Default.rate = pro | the settings of the workspace default have no prefix: write rate",
        "acme.api-key = geheim | the key does not belong in this file; name a file that holds it with"
            + " workspace.acme.api-key-file",
      })
  void whatIsNotValidIsRefusedWithFileAndKey(String line, String expected) throws IOException {
    program.withConfig("workspace." + line);
    String key = "workspace." + line.replaceFirst(" = .*", "");

    Ended ended = program.run("runs");

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err())
        .startsWith(
            "error: %s, line 1: %s: %s"
                .formatted(home.resolve("config/smartlead-bulk.properties"), key, expected))
        .doesNotContain("geheim");
  }

  @Test
  void twoNamesThatDifferOnlyInCaseAreRefused() throws IOException {
    program.withConfig("workspace.acme.rate = pro", "workspace.Acme.reserve = 5");

    assertThat(program.run("runs").err())
        .contains(
            "workspace.acme.rate: another line has the workspace name Acme, which differs only in case");
  }

  @Test
  void anUnknownNameIsToldWithWhatWorkspacesAreCalled() throws IOException {
    program.withConfig("workspace.acme.rate = pro", "ratte = pro");

    assertThat(program.run("runs").err())
        .contains(
            "ratte: no such setting (did you mean rate?); the settings are [",
            "workspace.NAME.SETTING")
        .doesNotContain("acme");
  }

  /** From the command line, else the workspace's own, else the variable, else the config file. */
  @Test
  void whatAWorkspaceDoesNotSayIsAsForAll() throws IOException {
    program.withConfig(
        "rate = 100/h",
        "reserve = 50",
        "base-url = http://127.0.0.1:1/config",
        "workspace.acme.api-key-file = acme.key",
        "workspace.acme.rate = 10/s, 1000/h",
        "workspace.globex.api-key-file = acme.key",
        "workspace.globex.reserve = 0",
        "workspace.globex.base-url = http://127.0.0.1:1/globex/");

    JsonNode fromConfig = list();
    assertThat(fromConfig.at("/0/rate").stringValue()).isEqualTo("5/s, 500/h");
    assertThat(fromConfig.at("/0/base_url").stringValue()).isEqualTo("http://127.0.0.1:1/config");
    assertThat(fromConfig.at("/1/rate").stringValue()).isEqualTo("100/h");
    assertThat(fromConfig.at("/1/base_url").stringValue()).isEqualTo("http://127.0.0.1:1/globex");

    program.with("SMARTLEAD_BASE_URL", "http://127.0.0.1:1/variable");
    JsonNode fromVariable = list("--rate", "20/min");
    assertThat(fromVariable.at("/0/rate").stringValue()).isEqualTo("10/min");
    assertThat(fromVariable.at("/0/base_url").stringValue())
        .isEqualTo("http://127.0.0.1:1/variable");
    assertThat(fromVariable.at("/1/rate").stringValue()).isEqualTo("20/min");
    assertThat(fromVariable.at("/1/base_url").stringValue()).isEqualTo("http://127.0.0.1:1/globex");
  }

  @Test
  void theGuardsOfAWorkspaceAreItsOwn() throws IOException {
    program.withConfig(
        "max-changes = 5",
        "workspace.acme.rate = pro",
        "workspace.acme.max-changes = 10%",
        "workspace.acme.canary = 3",
        "workspace.globex.rate = pro");

    assertThat(command().api.workspaces().storedGuards())
        .isEqualTo(
            new StoredGuards(
                Map.of("workspace.acme.max-changes", "10%", "workspace.acme.canary", "3")));
  }

  /** Each would use the limits of the key as if it were alone. */
  @Test
  void oneKeyForOneServerIsNotUsedTwice() throws IOException {
    program.withConfig(
        "workspace.acme.api-key-file = acme.key",
        "workspace.twin.api-key-file = acme.key",
        "workspace.elsewhere.api-key-file = acme.key",
        "workspace.elsewhere.base-url = https://example.com");

    Workspaces workspaces = workspaces();

    assertThat(workspaces.settings("acme")).isSameAs(workspaces.settings("acme"));
    assertThat(sharedKey(workspaces, "acme", "elsewhere")).isEmpty();
    assertThat(sharedKey(workspaces, "acme", "elsewhere", "twin"))
        .contains(
            "the workspaces acme and twin have the same API key for https://server.smartlead.ai/api/v1: their calls would count twice against the same rate limits. Keep one of them");
  }

  private static Optional<String> sharedKey(Workspaces workspaces, String... names) {
    return Workspace.sharedKey(Stream.of(names).map(workspaces::settings).toList());
  }

  /** As the command {@code export} has them. */
  private Workspaces workspaces() {
    ExportCommand command = command();
    return command.workspaces(command.api);
  }

  private ExportCommand command() {
    ProcessEnvironment environment = program.environment();
    CommandLine line =
        new Program(environment)
            .commandLine(
                SettingsDefaults.read(environment, List.of()), List.of(ExportCommand.class));
    return line.parseArgs("export").subcommand().commandSpec().commandLine().getCommand();
  }

  private JsonNode list(String... more) {
    List<String> arguments = new ArrayList<>(List.of("workspaces", "--no-check", "--json"));
    arguments.addAll(List.of(more));
    Ended ended = program.run(arguments.toArray(String[]::new));
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    return JsonMapper.shared().readTree(ended.out());
  }
}
