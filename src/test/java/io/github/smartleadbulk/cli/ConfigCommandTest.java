package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigCommandTest {

  @TempDir Path home;

  private TestProgram program;

  @BeforeEach
  void program() {
    program = new TestProgram(home);
  }

  private static String write(Path file, String... lines) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, String.join("\n", lines) + "\n").toString();
  }

  private String show(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "config";
    all[1] = "show";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    Ended ended = program.run(all);
    assertThat(ended.err()).isEmpty();
    assertThat(ended.exitCode()).isZero();
    return ended.out().replaceAll(" +", " ");
  }

  @Test
  void everyValueSaysWhereItComesFrom() throws IOException {
    program.withConfig("# ours", "", "rate = \\", "  pro", "state-dir = kept");
    program.with("SMARTLEAD_WORKSPACE", "default");
    String file = home.resolve("config/smartlead-bulk.properties").toString();

    assertThat(show())
        .startsWith("Config file: " + file + System.lineSeparator())
        .contains("\nrate pro " + file + ", line 3\n")
        .contains("\nstate-dir " + home.resolve("kept") + " " + file + ", line 5\n")
        .contains("\nworkspace default variable SMARTLEAD_WORKSPACE\n")
        .contains("\nreserve 20 default\n");
  }

  @Test
  void theOptionsOfACommandAreValuesToo() throws IOException {
    program.withConfig("rate = pro");

    assertThat(show("--", "update", "rows.csv", "--rate", "5/s", "--strict"))
        .contains("\nrate 5/s option\n")
        .contains("\nstrict true option\n")
        .doesNotContain("allow-decrease");
  }

  @Test
  void aCommandThatIsNotValidIsRefused() {
    assertThat(program.run("config", "show", "--", "update", "--ratte", "5/s"))
        .isEqualTo(
            new Ended(
                2,
                "",
                "error: the command is not valid: unknown option: --ratte"
                    + System.lineSeparator()));
  }

  @Test
  void secretsAreMasked() throws IOException {
    program.withConfig(
        "notify = https://hooks.example.com/services/T0/secret-4711",
        "base-url = https://ann:secret-4711@api.example.com/v1?key=secret-4711",
        "workspace.acme.base-url = https://api.example.com/secret-paths-stay");
    program
        .with("SMARTLEAD_API_KEY", "secret-4711")
        .with("SMARTLEAD_STATE_PASSWORD", "secret-4711")
        .with("SMARTLEAD_STATE_URL", "jdbc:postgresql://db/bulk?user=ann&password=secret-4711");

    assertThat(show() + show("--json"))
        .doesNotContain("4711")
        .contains("\nnotify https://hooks.example.com/**** ")
        .contains("\nbase-url https://****@api.example.com/v1?**** ")
        .contains("\napi-key **** variable SMARTLEAD_API_KEY\n")
        .contains("\nstate-password **** variable SMARTLEAD_STATE_PASSWORD\n")
        .contains("\nworkspace.acme.base-url https://api.example.com/secret-paths-stay ");
  }

  @Test
  void aMachineReadsTheSame() throws IOException {
    program.withConfig("rate = pro");

    assertThat(show("--json"))
        .contains(
            """
            {
             "name" : "rate",
             "value" : "pro",
             "source" : "file",
             "place" : "%s",
             "line" : 1
            }"""
                .formatted(home.resolve("config/smartlead-bulk.properties")));
  }

  @Test
  void theNearestNameIsOfferedForOneThatIsMisspelt() throws IOException {
    program.withConfig("max-atempts = 3");

    assertThat(program.run("config", "show").err())
        .contains("max-atempts: no such setting (did you mean max-attempts?); the settings are [");
  }

  @Test
  void theFileAndTheProfileOfTheCommandCount() throws IOException {
    write(home.resolve("own.properties"), "rate = 3/s");
    write(home.resolve("client-a.properties"), "rate = 4/s");

    assertThat(show("--", "update", "rows.csv", "--config", "own.properties"))
        .contains("\nrate 3/s " + home.resolve("own.properties"));
    assertThat(show("--config=own.properties", "--", "update", "rows.csv", "--profile=client-a"))
        .contains("Profile: client-a")
        .contains("\nrate 4/s ");
    assertThat(show("--config=own.properties", "--", "update", "-h")).contains("\nrate 3/s ");
  }

  /** A base URL with a password is refused elsewhere; here, and in what is said, it is masked. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://user:pa/S3CRET@host/api",
        "user:S3CRET@host/api",
        "https:user:S3CRET@host/api#S3CRET2",
        "https://u:p?S3CRET@host/x?k=S3CRET",
        "https://u:S3C^RET@h/",
        "https://h^/x?api_key=S3CRET"
      })
  void aBaseUrlNeverShowsAPassword(String url) throws IOException {
    program.with("SMARTLEAD_BASE_URL", url);
    Ended shown = program.run("config", "show");
    Ended refused = program.run("workspaces");
    Ended given = program.run("workspaces", "--base-url", url);

    assertThat(shown.out()).contains("****").doesNotContain("S3C");
    assertThat(List.of(refused.exitCode(), given.exitCode())).doesNotContain(0);
    assertThat(refused.out() + refused.err() + given.out() + given.err())
        .isNotEmpty()
        .doesNotContain("S3C");
  }

  @Test
  void aKeyInTheWrongPlaceIsNotShown() throws IOException {
    write(home.resolve("key"), "sk_S3CRET123");
    write(home.resolve("other.key"), "d2Vsb-S3CRET==");

    assertThat(program.run("runs", "--config", "key").err())
        .contains("key, line 1: no such setting; expected NAME = VALUE")
        .doesNotContain("S3CRET");
    assertThat(program.run("runs", "--config", "other.key").err())
        .contains("other.key, line 1: no such setting; expected NAME = VALUE")
        .doesNotContain("S3CRET");
    assertThat(program.run("runs", "--api-key=S3CRET").err())
        .contains("unknown option: --api-key")
        .doesNotContain("S3CRET");
  }

  @Test
  void aValueThatIsNotValidIsNamedByItsPlace() throws IOException {
    program.withConfig("", "quiet = maybe").with("SMARTLEAD_BASE_URL", "a b");
    String file = home.resolve("config/smartlead-bulk.properties").toString();

    assertThat(program.run("runs").err())
        .contains(file + ", line 2: quiet: found \"maybe\", expected true or false");
    assertThat(program.run("runs", "--quiet=perhaps").err())
        .contains("--quiet: found \"perhaps\", expected true or false");
    program.withConfig("");
    assertThat(program.run("workspaces").err()).contains("SMARTLEAD_BASE_URL: found \"a b\"");
  }

  @Test
  void anEscapeThatIsNotValidIsNamedByItsLine() throws IOException {
    program.withConfig("rate = pro", "map = \\u12");

    assertThat(program.run("runs").err())
        .contains("line 2: \\u must be followed by four hexadecimal digits");
  }

  @Test
  void aVariableThatNobodyReadsIsAWarning() {
    program
        .with("SMARTLEAD_STATEDIR", "there")
        .with("SMARTLEAD_OTHER_TOOL", "1")
        .with("SMARTLEAD_WEB_SERVICE_HOST", "10.0.0.1")
        .with("SMARTLEAD_WEB_PORT_80_TCP", "tcp://10.0.0.1:80");

    assertThat(program.run("runs").err().lines())
        .containsExactly(
            "warning: the variable SMARTLEAD_OTHER_TOOL is unknown and has no effect",
            "warning: the variable SMARTLEAD_STATEDIR is unknown and has no effect. Did you mean"
                + " SMARTLEAD_STATE_DIR?");
    assertThat(program.run("runs", "-q").err()).isEmpty();
  }

  @Test
  void theFileIsTheFirstThatIsThere(@TempDir Path user) throws IOException {
    program.withConfig("rate = 1/s").with("XDG_CONFIG_HOME", user.toString());
    assertThat(show()).contains("\nrate 1/s ");

    write(user.resolve("smartlead-bulk/config.properties"), "rate = 2/s");
    assertThat(show()).contains("\nrate 2/s ");

    program.with("SMARTLEAD_CONFIG", write(user.resolve("third"), "rate = 3/s"));
    assertThat(show()).contains("\nrate 3/s ");

    assertThat(show("--config", write(user.resolve("fourth"), "rate = 4/s")))
        .contains("\nrate 4/s ");
  }

  @Test
  void aFileThatIsNamedMustBeThere() {
    assertThat(program.run("runs", "--config=gone.properties"))
        .isEqualTo(
            new Ended(
                2,
                "",
                "error: the config file %s does not exist. Check --config and SMARTLEAD_CONFIG.%n"
                    .formatted(home.resolve("gone.properties"))));
  }

  @Test
  void pathsInAFileAreRelativeToItsFolder(@TempDir Path user) throws IOException {
    String file = write(user.resolve("own.properties"), "api-key-file = own.key");

    assertThat(show("--config", file)).contains("api-key-file " + user.resolve("own.key") + " ");
  }

  @Test
  void anInstallationHasNoConfigAndNoStateOfItsOwn(@TempDir Path user) throws IOException {
    program.withConfig("rate = 1/s").installed().with("HOME", user.toString());
    Path state = user.resolve(".local/state/smartlead-bulk");
    program.file("rows.csv", "id,max_email_per_day", "10000001,5");

    assertThat(show())
        .startsWith(
            "Config file: %s (does not exist)"
                .formatted(user.resolve(".config/smartlead-bulk/config.properties")))
        .contains("\nrate standard default\n")
        .contains("\nstate-dir " + state + " default\n");
    assertThat(program.run("update", "rows.csv", "--sandbox", "-q"))
        .isEqualTo(new Ended(0, "", ""));
    assertThat(state.resolve("runs/1/results.csv")).exists();
    assertThat(home.resolve("var")).doesNotExist();
  }
}
