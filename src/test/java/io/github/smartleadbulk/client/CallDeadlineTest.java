package io.github.smartleadbulk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.api.Answer;
import io.github.smartleadbulk.client.ClientStop.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class CallDeadlineTest {

  private final MockWebServer server = new MockWebServer();
  private final CompletableFuture<Void> onRecord = new CompletableFuture<>();
  private SteppedClient client;

  @BeforeEach
  void start() throws Exception {
    server.start();
    server.enqueue(new MockResponse(200, okhttp3.Headers.EMPTY, "{\"ok\":true}"));
    client = new SteppedClient(Samples.settings(server.url("/api/v1").uri()));
    client.client.limit(until(SteppedTime.START.plusSeconds(60)));
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  private CallDeadline until(Instant end) {
    return new CallDeadline() {
      @Override
      public Duration left() {
        return Duration.between(client.time.now(), end);
      }

      @Override
      public String over() {
        return "time is up";
      }

      @Override
      public String pointless(Instant nextCall, String reason) {
        return "it will be over";
      }
    };
  }

  /** Sends a row whose call takes a while to get on record. */
  private CompletableFuture<Answer> send() throws InterruptedException {
    return WaitingCaller.update(
        client.client,
        Samples.update(7),
        new RequestJournal<>() {
          @Override
          public CompletableFuture<Void> sending(Instant at) {
            return onRecord;
          }

          @Override
          public CompletableFuture<Answer> answered(Answer answer) {
            return CompletableFuture.completedFuture(answer);
          }
        });
  }

  @Test
  void aCallThatGetsOnRecordTooLateIsNotMade() throws Exception {
    CompletableFuture<Answer> answer = send();
    client.time.pass(Duration.ofSeconds(60));
    onRecord.complete(null);

    assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(new Answer.Undecided());
    assertThat(client.client.stopped()).contains(new ClientStop(Cause.TIME_OVER, "time is up"));
    assertThat(server.getRequestCount()).isZero();
    assertThat(client.client.statistics().calls()).isZero();
  }

  @Test
  void aCallThatGetsOnRecordInTimeIsMade() throws Exception {
    CompletableFuture<Answer> answer = send();
    client.time.pass(Duration.ofSeconds(59));
    onRecord.complete(null);

    assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(new Answer.Accepted(200, 1));
  }
}
