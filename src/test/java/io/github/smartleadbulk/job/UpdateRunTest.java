package io.github.smartleadbulk.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.account.WorkspaceNames;
import io.github.smartleadbulk.account.ZeroLimit;
import io.github.smartleadbulk.input.DuplicatePolicy;
import io.github.smartleadbulk.input.InputOptions;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.RunListener;
import io.github.smartleadbulk.run.RunResult;
import io.github.smartleadbulk.state.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One run from its first row to its last, in one process. */
@Timeout(60)
final class UpdateRunTest {

  @TempDir private Path folder;
  private Rehearsal rehearsal;

  @BeforeEach
  void start() throws IOException {
    rehearsal = new Rehearsal(folder);
    rehearsal.staysOpen();
  }

  @AfterEach
  void close() {
    rehearsal.close();
  }

  /** Without limits a chunk has 500 rows: none, one, one less, exactly full, one more, two full. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 499, 500, 501, 1_000})
  void everyRowIsSentOnceAndHasItsLine(int rows) throws Exception {
    rehearsal.options = InputOptions.defaults().emptyAllowed(true);
    rehearsal.writeRows(rows);
    RunResult result = rehearsal.update();

    assertThat(result.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(result.summary().rows()).isEqualTo(rows);
    assertThat(result.summary().rowsOpen()).isZero();
    assertThat(result.summary().calls()).isEqualTo(rows);
    assertThat(rehearsal.lines(1)).isEqualTo(Rehearsal.allUpdated(rows));
    assertThat(rehearsal.updatesByAccount()).isEqualTo(Rehearsal.eachOnce(rows));
    assertThat(Files.readString(rehearsal.resultsOf(1))).isEqualTo(rehearsal.journalled(1));
    assertThat(rehearsal.record(1).status()).isEqualTo(RunStatus.FINISHED);
    assertThat(rehearsal.runFolder(1).resolve("failed.csv")).doesNotExist();
  }

  /** Every call at an odd place is answered after the one behind it has come in. */
  @Test
  void linesAreInTheOrderOfTheInputWhateverOrderTheAnswersComeIn() throws Exception {
    int rows = 60;
    rehearsal.writeRows(rows);
    List<CountDownLatch> arrivals = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      arrivals.add(new CountDownLatch(1));
    }
    List<Long> answered = new ArrayList<>();
    rehearsal.onRequest =
        (request, run) -> {
          int index = (int) (request.accountId() - Rehearsal.account(0));
          arrivals.get(index).countDown();
          if (index % 2 == 0) {
            await(arrivals.get(index + 1));
          }
          synchronized (answered) {
            answered.add(request.accountId());
          }
        };
    RunResult result = rehearsal.update();

    assertThat(result.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(answered).isNotEqualTo(answered.stream().sorted().toList());
    assertThat(rehearsal.lines(1)).isEqualTo(Rehearsal.allUpdated(rows));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void everyKindOfRowHasItsLineAndItsPlaceInFailed() throws Exception {
    rehearsal.write(
        """
        id,max_email_per_day,from_name,_note
        10000001,40,,first
        10000002,,,sets nothing
        10000003,4E1,,not a number
        77,40,,not there
        10000004,40,,twice
        10000004,50,,twice
        10000005,,"Ann, B",last
        """);
    RunResult result = rehearsal.update();

    assertThat(result.exitCode()).isEqualTo(ExitCode.ROWS_NEED_ATTENTION);
    assertThat(result.summary().rowsByStatus())
        .isEqualTo(
            Map.of(
                RowStatus.UPDATED, 2L,
                RowStatus.SKIPPED, 1L,
                RowStatus.INVALID, 3L,
                RowStatus.FAILED, 1L));
    String number =
        "found \"\"4E1\"\", expected a whole number of 1 or more (0 only with --allow-zero)"
            + "; a spreadsheet turned the number into an exponent and lost digits: give the column a number format without decimals and enter the numbers again";
    String twice =
        "id: account 10000004 also in line %d, expected one row for each account (--duplicates"
            + " merge joins rows that agree)";
    assertThat(rehearsal.lines(1))
        .containsExactly(
            "1,2,10000001,updated,max_email_per_day,200,1,",
            "2,3,10000002,skipped,,,,the row sets nothing",
            "3,4,10000003,invalid,,,,\"max_email_per_day: " + number + "\"",
            "4,5,77,failed,,404,1,Email account not found",
            "5,6,10000004,invalid,,,,\"" + twice.formatted(7).replace("id: ", "id: found ") + "\"",
            "6,7,10000004,invalid,,,,\"" + twice.formatted(6).replace("id: ", "id: found ") + "\"",
            "7,8,10000005,updated,from_name,200,1,");
    assertThat(Files.readAllLines(rehearsal.runFolder(1).resolve("failed.csv")))
        .containsExactly(
            "id,max_email_per_day,from_name,_note,_status,_message",
            "10000003,4E1,,not a number,invalid,\"max_email_per_day: " + number + "\"",
            "77,40,,not there,failed,Email account not found",
            "10000004,40,,twice,invalid,\""
                + twice.formatted(7).replace("id: ", "id: found ")
                + "\"",
            "10000004,50,,twice,invalid,\""
                + twice.formatted(6).replace("id: ", "id: found ")
                + "\"");
    assertThat(Files.readString(rehearsal.resultsOf(1))).isEqualTo(rehearsal.journalled(1));
    assertThat(Files.readString(rehearsal.runFolder(1).resolve("summary.json")))
        .isEqualTo(result.summary().toJson() + System.lineSeparator());
  }

  @Test
  void filesHaveTheWorkspaceIfTheInputHasIt() throws Exception {
    rehearsal.options = InputOptions.defaults().with(WorkspaceNames.of("Acme", List.of("globex")));
    rehearsal.write(
        """
        workspace,id,max_email_per_day
        ACME,10000001,40
        ,10000002,41
        globax,10000003,42
        """);
    RunResult result = rehearsal.update();

    assertThat(result.exitCode()).isEqualTo(ExitCode.ROWS_NEED_ATTENTION);
    String time = "\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z";
    assertThat(Files.readString(rehearsal.resultsOf(1)).replaceAll(time, "*"))
        .isEqualTo(
            """
            row,line,email_account_id,status,changed_fields,http_status,attempts,message,finished_at,workspace
            1,2,10000001,updated,max_email_per_day,200,1,,*,Acme
            2,3,10000002,updated,max_email_per_day,200,1,,*,Acme
            3,4,,invalid,,,,"workspace: found ""globax"", expected an existing workspace; the nearest is globex",,Acme
            """);
    assertThat(rehearsal.runFolder(1).resolve("failed.csv"))
        .hasContent(
            """
            workspace,id,max_email_per_day,_status,_message
            globax,10000003,42,invalid,"workspace: found ""globax"", expected an existing workspace; the nearest is globex"
            """);
    assertThat(rehearsal.runFolder(1).resolve("before.csv"))
        .content()
        .startsWith("email_account_id,workspace,max_email_per_day,_message\n10000001,Acme,,");
  }

  @Test
  void fileOfInvalidRowsOnlyIsFinishedWithoutACall() throws Exception {
    rehearsal.write("id,bcc\n1,nobody\nx,a@example.com\n");
    RunResult result = rehearsal.update();

    assertThat(result.exitCode()).isEqualTo(ExitCode.ROWS_NEED_ATTENTION);
    assertThat(result.summary().rowsByStatus()).isEqualTo(Map.of(RowStatus.INVALID, 2L));
    assertThat(rehearsal.lines(1)).hasSize(2);
    assertThat(rehearsal.requests()).isZero();
    assertThat(rehearsal.record(1).status()).isEqualTo(RunStatus.FINISHED);
  }

  @Test
  void joinedRowsAreOneCallAndShareItsOutcome() throws Exception {
    rehearsal.options =
        new InputOptions(
            null,
            null,
            Set.of(),
            ZeroLimit.REFUSED,
            DuplicatePolicy.MERGE,
            InputOptions.USUAL_CEILING);
    rehearsal.write(
        """
        id,max_email_per_day,from_name
        10000001,40,
        10000002,7,
        10000001,,Ann
        77,1,
        77,,Bob
        """);
    RunResult result = rehearsal.update();

    assertThat(result.exitCode()).isEqualTo(ExitCode.ROWS_NEED_ATTENTION);
    assertThat(rehearsal.lines(1))
        .containsExactly(
            "1,2,10000001,updated,max_email_per_day;from_name,200,1,",
            "2,3,10000002,updated,max_email_per_day,200,1,",
            "3,4,10000001,updated,max_email_per_day;from_name,200,1,joined with line 2",
            "4,5,77,failed,,404,1,Email account not found",
            "5,6,77,failed,,404,1,joined with line 5: Email account not found");
    assertThat(rehearsal.requests()).isEqualTo(3);
    assertThat(rehearsal.updatesByAccount()).isEqualTo(Rehearsal.eachOnce(2));
    assertThat(Files.readString(rehearsal.resultsOf(1))).isEqualTo(rehearsal.journalled(1));
  }

  @Test
  void strictRefusesAFileWithOneInvalidRowAndSendsNothing() throws Exception {
    rehearsal.strict = true;
    rehearsal.write("id,max_email_per_day\n10000001,40\n10000002,-1\n");
    RunResult result = rehearsal.update();

    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.summary().stopped())
        .isEqualTo("1 of 2 rows is invalid and --strict is set: nothing was sent");
    assertThat(rehearsal.requests()).isZero();
    assertThat(rehearsal.record(1).status()).isEqualTo(RunStatus.REFUSED);
  }

  @Test
  void strictLetsAFileWithoutInvalidRowsPass() throws Exception {
    rehearsal.strict = true;
    rehearsal.writeRows(2);

    assertThat(rehearsal.update().exitCode()).isEqualTo(ExitCode.OK);
  }

  @Test
  void fileThatCannotBeUnderstoodToItsEndIsRefusedAndNothingIsSent() throws Exception {
    rehearsal.write("id,from_name\n10000001,Ann\n10000002,\"never closed\n");
    RunResult result = rehearsal.update();

    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.summary().stopped()).startsWith("accounts.csv, line 3, column 2: found");
    assertThat(rehearsal.requests()).isZero();
    assertThat(rehearsal.record(1).status()).isEqualTo(RunStatus.REFUSED);
  }

  @Test
  void invalidRowsAreToldBeforeAnythingIsSent() throws Exception {
    StringBuilder content = new StringBuilder("id,max_email_per_day\n10000001,40\n");
    for (int i = 0; i < 30; i++) {
      content.append(Rehearsal.account(100 + i)).append(",no\n");
    }
    rehearsal.write(content.toString());
    List<Long> told = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    rehearsal.listener =
        new RunListener() {
          @Override
          public void invalidRow(InputRow row) {
            assertThat(rehearsal.requests()).isZero();
            told.add(row.row().line());
          }

          @Override
          public void inspected(long rows, long invalid) {
            counts.add(rows);
            counts.add(invalid);
          }
        };
    rehearsal.update();

    assertThat(told).hasSize(30).startsWith(3L).endsWith(32L);
    assertThat(counts).containsExactly(31L, 30L);
  }

  @Test
  void resultsGoWhereTheUserWantsThem() throws Exception {
    rehearsal.results = folder.resolve("mine.csv");
    rehearsal.writeRows(3);
    rehearsal.update();

    assertThat(Files.readString(rehearsal.results)).isEqualTo(rehearsal.journalled(1));
    assertThat(rehearsal.resultsOf(1)).doesNotExist();
  }
}
