package io.github.smartleadbulk.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.FakeSmartlead.Answer;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much of the account list a run reads before it sends anything, and what stops it there. */
class SnapshotTest extends AgainstFakeSmartlead {

  private static final int ACCOUNTS = 650;

  SnapshotTest() {
    super(ACCOUNTS);
  }

  /** Rows that set a new limit for these accounts. */
  private void rows(long... ids) throws IOException {
    program.file(
        "rows.csv",
        "id,max_email_per_day",
        LongStream.of(ids).mapToObj(id -> id + ",33").collect(joining("\n")));
  }

  private void rows(int first, int last) throws IOException {
    rows(LongStream.rangeClosed(first, last).toArray());
  }

  private Ended update(String... more) {
    return run(List.of("update", "rows.csv"), more);
  }

  @Test
  void endsAsSoonAsEveryAccountWasSeen() throws IOException {
    rows(1, 10);

    assertThat(update().exitCode()).isZero();

    assertThat(api.offsets()).containsExactly(0L);
    assertThat(api.updated()).hasSize(10);
  }

  /** One page for five rows, and at least one. */
  @ParameterizedTest
  @CsvSource({"1, 1", "9, 1", "10, 2", "14, 2", "15, 3"})
  void readsNoMoreThanAPageForFiveRows(int rows, int pages) throws IOException {
    rows(ACCOUNTS - rows + 1, ACCOUNTS);

    assertThat(update().exitCode()).isZero();

    assertThat(api.offsets())
        .isEqualTo(LongStream.range(0, pages).map(page -> 100 * page).boxed().toList());
    assertThat(api.updated()).hasSize(rows);
  }

  @Test
  void accountsNotSeenAreSentWithoutTheirValuesBefore() throws IOException {
    rows(2, 3, ACCOUNTS);

    Ended ended = update();

    assertThat(ended.exitCode()).isZero();
    assertThat(program.runFile(1, "before.csv"))
        .hasContent(
            """
            email_account_id,max_email_per_day,_message
            2,20,
            3,20,
            650,,max_email_per_day: its old value is not known
            """);
  }

  @Test
  void fullReadsToTheEndAndNoneNothing() throws IOException {
    rows(1);
    assertThat(update("--snapshot", "full").exitCode()).isZero();
    assertThat(api.offsets()).containsExactly(0L, 99L, 198L, 297L, 396L, 495L, 594L, 650L);
    assertThat(api.updated()).containsExactly(1L);

    api.forget();
    assertThat(update("--snapshot", "none").exitCode()).isZero();
    assertThat(api.offsets()).isEmpty();
    assertThat(api.updated()).containsExactly(1L);
    assertThat(Files.readString(program.runFile(2, "before.csv")))
        .contains("1,,max_email_per_day: its old value is not known");
  }

  @Test
  void rowsThatSendNothingAreNotLookedFor() throws IOException {
    program.file("rows.csv", "id,max_email_per_day", "649,many", "650,", "x,5");

    assertThat(update().exitCode()).isEqualTo(1);

    assertThat(api.offsets()).isEmpty();
  }

  @Test
  void goesOnAtThePageWhereItWasStopped() throws IOException {
    rows(1, ACCOUNTS);
    api.script = call -> call.offset() == 300 ? new Answer(401, "{\"message\":\"no\"}") : null;

    Ended stopped = update();

    assertThat(stopped.exitCode()).isEqualTo(3);
    assertThat(stopped.err()).contains("To resume run 1: ");
    assertThat(api.updated()).isEmpty();

    api.script = call -> null;
    api.forget();
    assertThat(update().exitCode()).isZero();
    assertThat(api.offsets()).containsExactly(300L, 400L, 500L, 600L);
    assertThat(api.updated()).hasSize(ACCOUNTS).doesNotHaveDuplicates();
    assertThat(Files.readAllLines(program.runFile(1, "before.csv"))).hasSize(ACCOUNTS + 1);
  }

  @Test
  void whatWasReadTooLongAgoIsReadAgain() throws IOException {
    rows(1, ACCOUNTS);
    api.script = call -> call.offset() == 300 ? new Answer(401, "{\"message\":\"no\"}") : null;
    update();
    api.script = call -> null;
    api.forget();

    assertThat(update("--snapshot-age", "0ms").exitCode()).isZero();

    assertThat(api.offsets()).startsWith(0L, 100L, 200L, 300L);
  }

  @Test
  void aPageThatIsRefusedStopsTheRunBeforeAnyWrite() throws IOException {
    rows(1, 200);
    api.script = call -> call.offset() == 100 ? new Answer(400, "{\"message\":\"not so\"}") : null;

    Ended stopped = update();

    assertThat(stopped.exitCode()).isEqualTo(5);
    assertThat(stopped.err())
        .contains("the accounts cannot be read, so nothing was sent: not so")
        .contains("To resume run 1: ./run.sh resume 1");
    assertThat(stopped.out()).contains("Run 1 stopped").contains("open                200");
    assertThat(api.updated()).isEmpty();
    assertThat(program.runFile(1, "before.csv")).doesNotExist();

    api.script = call -> null;
    api.forget();
    assertThat(api.run(program, "resume").exitCode()).isZero();
    assertThat(api.offsets()).containsExactly(100L);
    assertThat(api.updated()).hasSize(200);
  }

  @Test
  void pagesThatAreNoPagesStopTheRunBeforeAnyWrite() throws IOException {
    rows(1, 2);
    for (String body : List.of("{\"ok\":true}", "<html>busy</html>", "", "[{\"id\":1}")) {
      api.script = call -> call.isPage() ? new Answer(200, body) : null;

      Ended stopped = update("--max-attempts", "1", "--max-outage", "0s", "--fresh");

      assertThat(stopped.exitCode()).as(body).isEqualTo(5);
      assertThat(api.updated()).as(body).isEmpty();
    }
  }

  @Test
  void pagesAreTriedAgainLikeUpdates() throws IOException {
    rows(1, 200);
    int[] tries = new int[1];
    api.script =
        call -> call.offset() == 100 && tries[0]++ < 1 ? new Answer(502, "<html></html>") : null;

    assertThat(update().exitCode()).isZero();

    assertThat(api.offsets()).containsExactly(0L, 100L, 100L);
    assertThat(api.updated()).hasSize(200);
  }

  @Test
  void aServerThatIsAwayStopsTheRunBeforeAnyWrite() throws IOException {
    rows(1, 200);
    api.close();

    Ended stopped = update("--max-outage", "1s");

    assertThat(stopped.exitCode()).isEqualTo(5);
    assertThat(stopped.err()).contains("the server is away").contains("To resume run 1: ");
  }

  @Test
  void tenThousandRowsOfWhichAThousandDifferTakeElevenHundredCalls() throws IOException {
    int accounts = 10_000;
    for (long id = ACCOUNTS + 1; id <= accounts; id++) {
      api.add(id);
    }
    program.file(
        "rows.csv",
        "id,max_email_per_day,from_name",
        LongStream.rangeClosed(1, accounts)
            .mapToObj(id -> id + "," + (id % 10 == 0 ? 33 : 20) + ",Anna")
            .collect(joining("\n")));

    Ended ended = update();

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out())
        .contains("updated           1,000")
        .contains("unchanged         9,000")
        .contains("1,100 calls in ");
    assertThat(api.offsets()).hasSize(100);
    assertThat(api.updated()).hasSize(1_000).allMatch(id -> id % 10 == 0);
  }
}
