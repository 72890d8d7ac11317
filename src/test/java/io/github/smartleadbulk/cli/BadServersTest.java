package io.github.smartleadbulk.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.FakeSmartlead.Answer;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
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
            "error: the base URL is wrong, this server does not know the API: HTTP 404, HTML answer"
                + " (GET "
                + api.url
                + "/email-accounts/). Check --base-url, SMARTLEAD_BASE_URL and base-url in the config"
                + " file\n")
        .doesNotContain("To resume");
    assertThat(api.offsets()).hasSize(1);
    assertThat(api.updated()).isEmpty();
  }

  /** Kinds of servers that are no API, and what they say to the first call. */
  static Stream<Arguments> serversThatAreNotTheApi() {
    return Stream.of(
        Arguments.of(404, "Cannot GET /email-accounts/", "HTTP 404, Cannot GET /email-accounts/"),
        Arguments.of(404, HTML, "HTTP 404, HTML answer"),
        Arguments.of(404, "<?xml version=\"1.0\"?><Error/>", "HTTP 404, HTML answer"),
        Arguments.of(404, "{\"message\":\"Cannot GET /x\"}", "HTTP 404, Cannot GET /x"),
        Arguments.of(
            404, "{\"message\":\"Route GET:/x not found\"}", "HTTP 404, Route GET:/x not found"),
        Arguments.of(200, HTML, "HTTP 200, HTML answer"),
        Arguments.of(405, HTML, "HTTP 405, HTML answer"),
        Arguments.of(301, "", "HTTP 301: redirects are not followed, to protect the key"),
        Arguments.of(308, HTML, "HTTP 308: redirects are not followed, to protect the key"));
  }

  @ParameterizedTest
  @MethodSource("serversThatAreNotTheApi")
  void aServerThatIsNotTheApiIsToldAsAWrongBaseUrl(int status, String body, String reason) {
    api.script = call -> new Answer(status, body);

    Ended ended = update();

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(2);
    assertThat(ended.err())
        .contains("does not know the API: " + reason + " (GET " + api.url + "/email-accounts/). ");
  }

  @ParameterizedTest
  @CsvSource({
    "404, Cannot POST /email-accounts/1, 'HTTP 404, Cannot POST /email-accounts/1'",
    "404, <pre>Cannot POST</pre>, 'HTTP 404, HTML answer'",
    "405, <h1>405 Not Allowed</h1>, 'HTTP 405, HTML answer'",
  })
  void anUpdateAlsoTellsAWrongBaseUrl(int status, String body, String reason) {
    api.script = call -> new Answer(status, body);

    Ended ended = update("--snapshot", "none");

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(2);
    assertThat(ended.err())
        .contains(
            "does not know the API: " + reason + " (POST " + api.url + "/email-accounts/1). ");
  }

  @Test
  void anAccountListThatIsNotFoundNamesTheSettingToCheck() {
    api.script = call -> new Answer(404, "{\"message\":\"Not Found\"}");

    Ended ended = update();

    assertThat(ended.exitCode()).isEqualTo(5);
    assertThat(ended.err())
        .contains(
            "error: the accounts cannot be read, so nothing was sent: Not Found (HTTP 404 for the"
                + " account list). If the base URL is wrong, check --base-url, ");
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
    assertThat(ended.err()).contains("To resume run 1: ");
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
