package io.github.smartleadbulk.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.FakeSmartlead.Answer;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How whole runs end where the server gives bad answers to all rows, or to one. */
@Timeout(120)
class BadServersTest extends AgainstFakeSmartlead {

  private static final int ROWS = 40;
  private static final String HTML = "<!DOCTYPE html><html><title>Sorry</title></html>";

  BadServersTest() {
    super(ROWS);
  }

  @BeforeEach
  void start() throws IOException {
    program.file(
        "rows.csv",
        "id,max_email_per_day",
        LongStream.rangeClosed(1, ROWS).mapToObj(id -> id + ",33").collect(joining("\n")));
  }

  private Ended update(String... more) {
    return run(List.of("update", "rows.csv", "--concurrency", "1", "--max-attempts", "2"), more);
  }

  @Test
  void aWrongBaseUrlIsRefusedAndNothingMoreIsSent() {
    api.script = call -> new Answer(404, "<pre>Cannot GET /api/v2/email-accounts/</pre>");

    Ended ended = update();

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err())
        .contains(
            "error: the base URL is wrong, this server does not know the API: HTTP 404, HTML answer")
        .doesNotContain("can go on");
    assertThat(api.offsets()).hasSize(1);
    assertThat(api.updated()).isEmpty();
  }

  /** Every row behind it is done, also by the run itself. */
  @ParameterizedTest
  @ValueSource(ints = {403, 500, 402})
  void oneRowThatIsRefusedHoldsUpNobody(int status) throws IOException {
    api.script = call -> call.account() == 9 ? new Answer(status, HTML) : null;

    Ended ended = update();

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(1);
    assertThat(Files.readAllLines(program.runFile(1, "results.csv")))
        .filteredOn(line -> line.contains(",failed,"))
        .singleElement()
        .asString()
        .startsWith("9,10,9,failed,," + status + ",2,");
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 500, 402, 200})
  void whatAllRowsGetFailsNone(int status) throws IOException {
    api.script = call -> call.isPage() ? null : new Answer(status, HTML);

    Ended ended = update("--max-outage", "1s");

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(5);
    assertThat(ended.err()).contains("Run 1 can go on: ");
    api.script = call -> null;
    assertThat(api.run(program, "resume").exitCode()).isZero();
    assertThat(Files.readAllLines(program.runFile(1, "results.csv")))
        .filteredOn(line -> line.contains(",updated,"))
        .hasSize(ROWS);
  }

  @Test
  void anAnswerAboutAnotherAccountIsUncertain() throws IOException {
    api.script =
        call -> call.account() == 9 ? new Answer(200, "{\"ok\":true,\"emailAccountId\":8}") : null;

    assertThat(update().exitCode()).isEqualTo(1);

    assertThat(Files.readAllLines(program.runFile(1, "results.csv")).get(9))
        .startsWith("9,10,9,uncertain,max_email_per_day,200,1,")
        .contains("\"HTTP 200, but the answer is about account 8 instead of 9\"");
  }
}
