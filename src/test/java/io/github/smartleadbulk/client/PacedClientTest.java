package io.github.smartleadbulk.client;

import static io.github.smartleadbulk.client.Samples.settings;
import static io.github.smartleadbulk.client.Samples.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.AccountUpdate;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.api.Answer;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PacedClientTest {

  private static final String OK = "{\"ok\":true,\"message\":\"updated\"}";

  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws Exception {
    server.start();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void sendsTheFieldsThatTheRowSetsWithTheirTypes() throws Exception {
    server.enqueue(new MockResponse(200, okhttp3.Headers.EMPTY, OK));
    AccountUpdate update =
        new AccountUpdate(
            12345678,
            Map.of(
                AccountField.MAX_EMAIL_PER_DAY, new SettingValue.Whole(40),
                AccountField.SIGNATURE, new SettingValue.Text("<p>\"Ä\"</p>"),
                AccountField.CLIENT_ID, new SettingValue.None(),
                AccountField.IS_SUSPENDED, new SettingValue.Flag(false)));
    Answer answer = send(update);
    assertThat(answer).isEqualTo(new Answer.Accepted(200, 1));
    RecordedRequest request = server.takeRequest();
    assertThat(request.getMethod()).isEqualTo("POST");
    assertThat(request.getTarget())
        .isEqualTo("/api/v1/email-accounts/12345678?api_key=sk-3f9b0c11-secret");
    assertThat(request.getHeaders().get("User-Agent")).isEqualTo("smartlead-bulk/test");
    assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
    assertThat(request.getBody().utf8())
        .isEqualTo(
            "{\"max_email_per_day\":40,\"signature\":\"<p>\\\"Ä\\\"</p>\",\"client_id\":null,"
                + "\"is_suspended\":false}");
  }

  private Answer send(AccountUpdate update) throws Exception {
    try (SmartleadClient client =
        SmartleadClient.create(settings(server.url("/api/v1").uri()), CallHistory.none())) {
      return WaitingCaller.update(client, update).get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void triesAgainWhatTheServerCouldNotDo() throws Exception {
    server.enqueue(new MockResponse(500, okhttp3.Headers.EMPTY, "{\"message\":\"oops\"}"));
    server.enqueue(new MockResponse(200, okhttp3.Headers.EMPTY, OK));
    assertThat(send(update(7))).isEqualTo(new Answer.Accepted(200, 2));
  }

  @Test
  void failsAtOnceWhatTheServerRefuses() throws Exception {
    server.enqueue(
        new MockResponse(404, okhttp3.Headers.EMPTY, "{\"error\":\"Email account not found\"}"));
    assertThat(send(update(7))).isEqualTo(new Answer.Failed(404, 1, "Email account not found"));
  }
}
