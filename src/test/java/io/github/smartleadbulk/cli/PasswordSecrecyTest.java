package io.github.smartleadbulk.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.FakeSmartlead.Answer;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The account list tells the passwords of its mailboxes: nothing of them stays anywhere. */
class PasswordSecrecyTest {

  private static final String PASSWORD = "sandbox-mailbox-password-";

  @TempDir Path home;

  @Test
  void noCommandKeepsOrTellsAPassword() throws IOException {
    TestProgram program = new TestProgram(home);
    program.file("rows.csv", "from_email,from_name", "a4@example.com,Ben", "x@example.com,Ben");
    try (FakeSmartlead api = FakeSmartlead.start(150)) {
      for (String command :
          List.of(
              "plan rows.csv --json",
              "update rows.csv",
              "retry 2",
              "rollback 2",
              "export --out all.csv",
              "export",
              "show 2",
              "runs --json")) {
        Ended ended = run(api, program, command + " -v");
        assertThat(ended.out() + ended.err()).as(command).isNotEmpty().doesNotContain(PASSWORD);
      }
      assertThat(api.page(0)).contains(PASSWORD);
    }
    assertNothingIsKept();
  }

  /** Pages that break off or come with an error quote themselves in many a message. */
  @Test
  void pagesThatCannotBeReadAreNotQuoted() throws IOException {
    TestProgram program = new TestProgram(home);
    program.file("rows.csv", "from_email,from_name", "a4@example.com,Ben");
    try (FakeSmartlead api = FakeSmartlead.start(150)) {
      String page = api.page(0);
      for (Answer answer :
          List.of(
              new Answer(200, page.substring(0, page.length() / 2)),
              new Answer(200, page + "x"),
              new Answer(200, "{\"rows\":" + page + "}"),
              new Answer(400, page),
              new Answer(400, "{\"data\":" + page + "}"),
              new Answer(401, page))) {
        api.script = call -> answer;
        for (String command : List.of("update rows.csv --fresh", "export")) {
          Ended ended = run(api, program, command + " -v --max-attempts 1");

          assertThat(ended.exitCode()).as(command + answer.status()).isIn(3, 5);
          assertThat(ended.out() + ended.err()).as(command).doesNotContain(PASSWORD);
        }
      }
    }
    assertNothingIsKept();
  }

  private static Ended run(FakeSmartlead api, TestProgram program, String command) {
    boolean isOffline = command.startsWith("show") || command.startsWith("runs");
    String[] arguments = command.split(" ", -1);
    return isOffline ? program.run(arguments) : api.run(program, arguments);
  }

  private void assertNothingIsKept() throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      assertThat(all).anyMatch(file -> file.toString().endsWith(".mv.db"));
      for (Path file : all) {
        assertThat(Files.readString(file, ISO_8859_1).contains(PASSWORD)).as("%s", file).isFalse();
      }
    }
  }
}
