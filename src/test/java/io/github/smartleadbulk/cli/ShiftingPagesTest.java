package io.github.smartleadbulk.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.FakeSmartlead.Answer;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts come and go while the list is read, and servers page as they like. */
class ShiftingPagesTest {

  private static final int ACCOUNTS = 450;

  @TempDir Path home;

  private TestProgram program;
  private FakeSmartlead api;

  @BeforeEach
  void start() throws IOException {
    program = new TestProgram(home);
    api = FakeSmartlead.start(ACCOUNTS);
    program.file(
        "rows.csv",
        "id,max_email_per_day",
        LongStream.rangeClosed(1, ACCOUNTS)
            .mapToObj(id -> id + "," + (id % 3 == 0 ? 20 : 33))
            .collect(joining("\n")));
  }

  @AfterEach
  void close() {
    api.close();
  }

  private Ended update(String... more) {
    String[] all = new String[2 + more.length];
    all[0] = "update";
    all[1] = "rows.csv";
    System.arraycopy(more, 0, all, 2, more.length);
    return api.run(program, all);
  }

  private static Answer page(String body) {
    return new Answer(200, body);
  }

  private void assertAllAreAsTheFileSays() {
    for (long id = 1; id <= ACCOUNTS; id++) {
      assertThat(api.account(id).get("message_per_day").intValue())
          .as("account %d", id)
          .isEqualTo(id % 3 == 0 ? 20 : 33);
    }
  }

  @Test
  void anAccountMayComeTwice() throws IOException {
    api.script = call -> call.offset() > 0 ? page(api.page(call.offset() - 1)) : null;

    assertThat(update().exitCode()).isZero();

    assertAllAreAsTheFileSays();
    assertThat(api.updated()).hasSize(300).doesNotHaveDuplicates();
    assertThat(Files.readAllLines(program.runFile(1, "before.csv"))).hasSize(301);
  }

  @Test
  void anAccountMayBeMissed() throws IOException {
    api.script =
        call -> call.offset() > 0 && call.isPage() ? page(api.page(call.offset() + 2)) : null;

    assertThat(update().exitCode()).isZero();

    assertAllAreAsTheFileSays();
    // 101 and 102 were missed: sent whatever they are.
    assertThat(api.updated()).hasSize(301).contains(101L, 102L).doesNotHaveDuplicates();
    assertThat(Files.readString(program.runFile(1, "before.csv")))
        .contains("\n100,20,\n")
        .contains("\n101,,max_email_per_day: its value before is not known\n")
        .contains("\n103,20,\n");
  }

  @Test
  void anAccountThatHasChangedBetweenPagesIsAsItWasSeenLast() throws IOException {
    api.script =
        call -> {
          if (call.offset() == 100) {
            api.account(100).put("message_per_day", 44);
            return page(api.page(99));
          }
          return null;
        };

    assertThat(update().exitCode()).isZero();

    assertAllAreAsTheFileSays();
    assertThat(Files.readString(program.runFile(1, "before.csv"))).contains("\n100,44,\n");
  }

  @Test
  void anOffsetThatIsNotHeededIsNotAskedForEver() {
    api.script = call -> call.isPage() ? page(api.page(0)) : null;
    for (String mode : new String[] {"auto", "full"}) {
      api.forget();

      assertThat(update("--snapshot", mode).exitCode()).as(mode).isZero();

      assertThat(api.offsets()).as(mode).hasSizeLessThan(10);
      assertAllAreAsTheFileSays();
    }
  }

  @Test
  void accountsWithoutAnIdAreNobodys() throws IOException {
    api.account(2).remove("id");
    api.account(3).put("id", "3");
    api.account(5).putNull("id");
    api.script =
        call -> call.isPage() ? page("[7,null," + api.page(call.offset()).substring(1)) : null;

    assertThat(update().exitCode()).isZero();

    assertAllAreAsTheFileSays();
    assertThat(api.updated()).contains(2L, 5L).doesNotContain(3L);
  }

  @Test
  void anExportHasEveryAccountOnce() throws IOException {
    api.script = call -> call.offset() > 0 ? page(api.page(call.offset() - 10)) : null;

    Ended ended = api.run(program, "export", "--fields", "from_name");

    assertThat(ended.exitCode()).isZero();
    assertThat(
            ended
                .out()
                .lines()
                .skip(1)
                .map(line -> Long.valueOf(line.substring(0, line.indexOf(',')))))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, ACCOUNTS).boxed().toList());
  }

  /** So many accounts came in that a page shows nothing new: the list goes on behind it. */
  @Test
  void anExportDoesNotEndAtAPageWithoutNews() throws IOException {
    api.script = call -> call.offset() >= 100 ? page(api.page(call.offset() - 100)) : null;

    Ended ended = api.run(program, "export", "--fields", "from_name");

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out().lines().skip(1)).hasSize(ACCOUNTS);
  }

  @Test
  void anExportOfAServerThatDoesNotHeedTheOffsetEndsAndIsNoExport() throws IOException {
    api.script = call -> page(api.page(0));

    Ended ended = api.run(program, "export", "--fields", "from_name");

    assertThat(ended.exitCode()).isEqualTo(5);
    assertThat(ended.err()).contains("the server shows the same accounts on every page");
    assertThat(api.offsets()).hasSizeLessThan(10);
  }
}
