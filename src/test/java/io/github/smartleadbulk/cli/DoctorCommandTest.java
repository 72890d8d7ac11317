package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.FakeSmartlead.Answer;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import io.github.smartleadbulk.state.StateStore;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DoctorCommandTest {

  @TempDir Path home;

  private TestProgram program;
  private FakeSmartlead api;

  @BeforeEach
  void start() throws IOException {
    program = new TestProgram(home).with("SMARTLEAD_API_KEY", "secret-4711");
    api = FakeSmartlead.start(3);
    program.withConfig("base-url = " + api.url, "rate = 100/h", "reserve = 0");
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  @DisabledIfSystemProperty(
      named = "state",
      matches = "postgresql",
      disabledReason = "it is about the folder")
  void withoutAFaultEachCheckIsALineAndTheKeyCostsOneCall() {
    Ended ended = program.run("doctor");

    assertThat(ended.err()).isEmpty();
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out())
        .containsPattern("(?m)^ok +java +Java \\d")
        .containsPattern("(?m)^ok +settings +.*smartlead-bulk.properties$")
        .containsPattern("(?m)^ok +state folder +.*var does not exist yet, and can be created$")
        .containsPattern("(?m)^ok +proxy +127.0.0.1 is called without a proxy$")
        .containsPattern("(?m)^ok +clock +this machine's clock agrees with the server's$")
        .containsPattern("(?m)^ok +key +workspace default: accepted, 99 of 100/h left$")
        .doesNotContain("secret-4711");
    assertThat(api.offsets()).hasSize(1);
    assertThat(program.run("doctor", "--offline").out())
        .containsPattern("(?m)^ok +state +.*var has 0 runs$");
    assertThat(program.run("doctor", "-q").out()).isEmpty();
  }

  @Test
  void offlineMakesNoCall() {
    Ended ended = program.run("doctor", "--offline");

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out()).doesNotContain("proxy", "clock");
    assertThat(api.offsets()).isEmpty();
  }

  @Test
  void aKeyThatIsRefusedIsAFaultWithItsRemedy() {
    api.script = call -> new Answer(401, "{\"message\":\"Invalid API Key\"}");

    Ended ended = program.run("doctor", "--quiet");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.out().lines())
        .containsExactly(
            "fault    key           workspace default: refused: the API key was refused (HTTP 401):"
                + " Invalid API Key",
            "                       Copy the key again from SmartLead, and check that its plan"
                + " includes the API.");
  }

  @Test
  void withoutAKeyTheRestIsCheckedAnyway() {
    program.with("SMARTLEAD_API_KEY", "");

    assertThat(program.run("doctor", "--offline").out())
        .containsPattern("(?m)^fault +key +workspace default has no key that can be used$")
        .containsPattern("(?m)^ok +java ");
  }

  @Test
  void eachWorkspaceIsChecked() throws IOException {
    program.file("acme.key", "of-acme");
    program.withConfig(
        "base-url = " + api.url,
        "workspace.acme.api-key-file = acme.key",
        "workspace.globex.api-key-file = gone.key");

    Ended ended = program.run("doctor");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.out())
        .containsPattern("(?m)^ok +key +workspace acme: accepted, ")
        .containsPattern("(?m)^ok +key +workspace default: accepted, ")
        .containsPattern("(?m)^fault +key +workspace globex has no key that can be used$")
        .contains("gone.key");
  }

  @Test
  void aClockThatIsWrongIsAWarning() {
    MovedClock clock = new MovedClock();
    clock.move(Duration.ofHours(3));

    Ended ended = program.by(clock).run("doctor");

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out())
        .containsPattern("(?m)^warning +clock +this machine's clock is \\d+ \\w+ ahead of the ");
  }

  @Test
  @DisabledIfSystemProperty(
      named = "state",
      matches = "postgresql",
      disabledReason = "it is about the folder")
  void whileAnotherProcessHasTheFolderNoCallIsMade() {
    try (StateStore store = StateStore.open(home.resolve("var"))) {
      Ended ended = program.run("doctor");

      assertThat(ended.exitCode()).isZero();
      assertThat(ended.out())
          .containsPattern("(?m)^warning +state folder +.*var is in use by another process$")
          .containsPattern("(?m)^warning +key +not checked: state folder .* is in use");
      assertThat(store.runs().all()).isEmpty();
    }
    assertThat(api.offsets()).isEmpty();
  }

  @Test
  void aStateFolderThatIsAFileIsAFault() throws IOException {
    program.file("state", "no folder");

    Ended ended = program.run("doctor", "--offline", "--state-dir", "state");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.out()).containsPattern("(?m)^fault +state.* is a? ?(not a folder|file)");
  }

  @Test
  @DisabledIfSystemProperty(
      named = "state",
      matches = "postgresql",
      disabledReason = "it is about the folder")
  void aDamagedDatabaseIsAWarning() throws IOException {
    program.file("rows.csv", "id,max_email_per_day", "1,5");
    assertThat(program.run("plan", "rows.csv").exitCode()).isZero();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(home.resolve("var"), "state-*.mv.db")) {
      for (Path file : files) {
        Files.writeString(file, "no database");
      }
    }

    Ended ended = program.run("doctor", "--offline");

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out())
        .containsPattern("(?m)^ok +state +.*var has 1 run$")
        .containsPattern("(?m)^warning +state +The database of the state folder is damaged");
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret-4711", ""})
  void aBaseUrlThatIsNotAllowedIsAFaultWithAndWithoutAKey(String key) {
    Ended ended =
        program.with("SMARTLEAD_API_KEY", key).run("doctor", "--base-url", "ftp://example.com");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out())
        .containsPattern("(?m)^ok +java ")
        .containsPattern(
            "(?m)^fault +settings +workspace default: found base URL ftp://example.com, expected");
  }

  @Test
  void theOtherWorkspacesAreCheckedBesideOneWithAFault() throws IOException {
    program.file("acme.key", "of-acme");
    program.withConfig("base-url = " + api.url, "workspace.acme.api-key-file = acme.key");
    program.file("config/p.properties", "api-key-file = p.key");

    Ended ended = program.run("doctor", "--profile", "p");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.out())
        .containsPattern("(?m)^fault +settings +workspace default: the profile p has an api-key-f")
        .containsPattern("(?m)^ok +key +workspace acme: accepted, ");
  }

  @Test
  void aWorkspaceSettingThatIsWrongIsAFaultHereAndAnErrorElsewhere() throws IOException {
    program.withConfig("workspace.acme.base-url = ftp://example.com");
    String found = "workspace.acme.base-url: found base URL ftp://example.com, expected https";

    Ended ended = program.run("doctor");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out())
        .containsPattern("(?m)^ok +java ")
        .containsPattern("(?m)^fault +settings +.*" + found);
    assertThat(program.run("doctor", "--sandbox").out()).contains(found);
    for (String command : List.of("runs", "workspaces")) {
      assertThat(program.run(command).err()).startsWith("error: ").contains(found);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://u:secret-4711@:bad", "socks5://127.0.0.1:9"})
  void aProxyThatCannotBeUsedIsAFaultHereAndAnErrorElsewhere(String proxy) throws Exception {
    Map<String, String> variables =
        Map.of("HTTPS_PROXY", proxy, "SMARTLEAD_API_KEY", "k", "SMARTLEAD_BASE_URL", api.url);

    try (ProgramProcess doctor =
            ProgramProcess.start(home, variables, List.of(), List.of("doctor"));
        ProgramProcess workspaces =
            ProgramProcess.start(home, variables, List.of(), List.of("workspaces"))) {
      assertThat(doctor.exitCode()).isEqualTo(1);
      assertThat(doctor.err()).isEmpty();
      assertThat(doctor.out())
          .containsPattern("(?m)^fault +proxy +the proxy in HTTPS_PROXY cannot be understood")
          .doesNotContain("4711");
      assertThat(workspaces.exitCode()).isEqualTo(2);
      assertThat(workspaces.err())
          .startsWith("error: the proxy in HTTPS_PROXY cannot be understood")
          .doesNotContain("4711", "bug");
    }
    assertThat(api.offsets()).isEmpty();
  }

  @Test
  void aDatabaseThatIsAwayIsAFaultThatShowsNoPassword() {
    program
        .with("SMARTLEAD_STATE_URL", "jdbc:postgresql://127.0.0.1:9/bulk?user=ann")
        .with("SMARTLEAD_STATE_PASSWORD", "secret-4712");

    Ended ended = program.run("doctor");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.out())
        .containsPattern("(?m)^fault +state +.*127.0.0.1:9")
        .doesNotContain("471", "state folder");
  }

  @Test
  void aMachineReadsTheVerdict() throws IOException {
    Files.createDirectories(home.resolve("var"));

    JsonNode json =
        JsonMapper.shared().readTree(program.run("doctor", "--offline", "--json").out());

    assertThat(json.get("verdict").asString()).isIn("ok", "warning");
    assertThat(json.get("checks").get(0).get("check").asString()).isEqualTo("java");
    assertThat(json.get("checks").get(0).get("level").asString()).isEqualTo("ok");
    assertThat(json.get("checks").get(0).get("remedy").isNull()).isTrue();
  }
}
