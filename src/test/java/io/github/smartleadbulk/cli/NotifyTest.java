package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import io.github.smartleadbulk.cli.WebhookServer.Post;
import io.github.smartleadbulk.sandbox.FaultPlan;
import io.github.smartleadbulk.sandbox.Sandbox;
import io.github.smartleadbulk.sandbox.SandboxSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a run tells others. */
class NotifyTest {

  private static final long FIRST = Sandbox.FIRST_ACCOUNT_ID;
  private static final String KEY = "3f1c9a77-secret_key";

  @TempDir Path home;

  private TestProgram program;
  private WebhookServer webhook;

  @BeforeEach
  void start() throws IOException {
    program = new TestProgram(home);
    program.file("rows.csv", "id,max_email_per_day", FIRST + ",5", (FIRST + 1) + ",6");
    webhook = WebhookServer.answering(200);
  }

  @AfterEach
  void close() {
    webhook.close();
  }

  private JsonNode posted() {
    assertThat(webhook.posts()).hasSize(1);
    Post post = webhook.posts().get(0);
    assertThat(post.contentType()).isEqualTo("application/json");
    return JsonMapper.shared().readTree(post.body());
  }

  private JsonNode summary() throws IOException {
    return JsonMapper.shared().readTree(Files.readString(program.runFile(1, "summary.json")));
  }

  @Test
  void aFinishedRunPostsItsSummary() throws IOException {
    Ended ended = program.run("update", "rows.csv", "--sandbox", "-q", "--notify", webhook.url());

    assertThat(ended).isEqualTo(new Ended(0, "", ""));
    assertThat(posted()).isEqualTo(summary());
    assertThat(posted().at("/status").stringValue()).isEqualTo("finished");
  }

  @Test
  void aRunThatIsRefusedPostsItsSummary() throws IOException {
    program.file("rows.csv", "id,max_email_per_day", FIRST + ",5", (FIRST + 1) + ",many");

    Ended ended =
        program.run("update", "rows.csv", "--sandbox", "--strict", "--notify", webhook.url());

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(posted()).isEqualTo(summary());
    assertThat(posted().at("/status").stringValue()).isEqualTo("refused");
  }

  @Test
  void aStoppedRunPostsItsSummaryWithoutTheKey() throws IOException {
    SandboxSettings refusing =
        new SandboxSettings(
            0, 10, List.of(), Duration.ZERO, FaultPlan.parse("none"), "another", 1, null);
    try (Sandbox sandbox = Sandbox.start(refusing)) {
      program
          .with("SMARTLEAD_API_KEY", KEY)
          .with("SMARTLEAD_NOTIFY", webhook.url())
          .run("update", "rows.csv", "--base-url", sandbox.baseUrl().toString());
    }

    assertThat(posted()).isEqualTo(summary());
    assertThat(posted().at("/exit_code").intValue()).isEqualTo(3);
    assertThat(webhook.posts().get(0).body()).doesNotContain(KEY);
  }

  @Test
  void whereThereIsNoRunThatIsPosted() throws IOException {
    program.file("rows.csv", "id,max_emails_per_day", FIRST + ",5");

    Ended ended = program.run("update", "rows.csv", "--sandbox", "--notify", webhook.url());

    assertThat(ended.exitCode()).isEqualTo(2);
    JsonNode posted = posted();
    assertThat(posted.at("/run").isNull()).isTrue();
    assertThat(posted.at("/command").stringValue()).isEqualTo("update");
    assertThat(posted.at("/input").stringValue()).isEqualTo("rows.csv");
    assertThat(posted.at("/status").stringValue()).isEqualTo("failed");
    assertThat(posted.at("/exit_code").intValue()).isEqualTo(2);
    assertThat(ended.err())
        .isEqualTo("error: " + posted.at("/stopped").stringValue() + System.lineSeparator());
  }

  @Test
  void slackGetsALineOrTwo() throws IOException {
    program.withConfig("notify-format = slack", "notify = " + webhook.url());
    program.file("a & <b>.csv", "id,max_email_per_day", FIRST + ",5", (FIRST + 1) + ",many");

    assertThat(program.run("update", "a & <b>.csv", "--sandbox").exitCode()).isEqualTo(1);
    program.run("resume", "7", "--sandbox");
    assertThat(program.run("rollback", "1", "--force").exitCode()).isZero();

    assertThat(webhook.posts())
        .extracting(post -> JsonMapper.shared().readTree(post.body()).at("/text").stringValue())
        .containsExactly(
            "update a &amp; &lt;b&gt;.csv: run 1 finished, exit code 1: 1 updated, 1 invalid\n"
                + "To continue: correct %s and apply it with 'update', or ./run.sh retry 1"
                    .formatted(program.runFile(1, "failed.csv")),
            "resume 7 failed, exit code 2\nthere is no run 7",
            "rollback values before run 1: run 2 finished, exit code 0: 1 updated");
  }

  @Test
  void aWebhookThatDoesNotTakeItIsAWarningAndTheExitCodeStays() throws IOException {
    try (WebhookServer wrong = WebhookServer.answering(404)) {
      assertThat(program.run("update", "rows.csv", "--sandbox", "-q", "--notify", wrong.url()))
          .isEqualTo(
              new Ended(
                  0,
                  "",
                  "warning: http://127.0.0.1 was not notified: status 404"
                      + System.lineSeparator()));
    }
  }

  @Test
  void aUrlThatCannotBeIsToldBeforeAnythingIsDoneAndWithoutIt() {
    Ended ended =
        program.run("update", "rows.csv", "--sandbox", "--notify", "htp://host/" + webhook.url());

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err())
        .startsWith(
            "error: --notify: found another scheme or none, expected a URL that begins with https://")
        .doesNotContain(WebhookServer.SECRET);
    assertThat(home.resolve("var")).doesNotExist();
  }

  @Test
  void theUrlIsInNoFileAndNoStream() throws IOException {
    Ended ended =
        program
            .with("SMARTLEAD_API_KEY", KEY)
            .run(
                "update",
                "rows.csv",
                "-v",
                "--max-attempts",
                "1",
                "--max-outage",
                "1ms",
                "--base-url",
                "http://127.0.0.1:1",
                "--notify",
                webhook.url());

    assertThat(ended.exitCode()).isEqualTo(5);
    assertThat(posted()).isEqualTo(summary());
    assertThat(ended.out() + ended.err()).doesNotContain(WebhookServer.SECRET);
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(WebhookServer.SECRET);
      }
    }
  }
}
