package io.github.smartleadbulk.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smartleadbulk.cli.WebhookServer.Post;
import io.github.smartleadbulk.cli.config.WebhookUrl;
import io.github.smartleadbulk.notify.WebhookNotifier;
import io.github.smartleadbulk.notify.WebhookNotifier.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

@Timeout(60)
class NotificationTest {

  private static final Post POST = new Post("POST", "application/json", "{\"file\":\"Größe 👋\"}");

  /** Long for a try, short between them. */
  private static final Patience THREE_TRIES = tries(Duration.ofSeconds(20));

  private static Patience tries(Duration oneTry) {
    Duration pause = Duration.ofMillis(5);
    return new Patience(oneTry, List.of(pause, pause), Duration.ofSeconds(50));
  }

  private static Optional<String> post(String url, Patience patience) {
    return new WebhookNotifier(WebhookUrl.parse(url).url(), patience).post(POST.body());
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202})
  void isPostedOnceWhereItIsTaken(int status) throws IOException {
    try (WebhookServer webhook = WebhookServer.answering(status)) {
      assertThat(post(webhook.url(), THREE_TRIES)).isEmpty();
      assertThat(webhook.posts()).containsExactly(POST);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void isTriedAgainWhereThatMayHelp(int status) throws IOException {
    try (WebhookServer webhook = WebhookServer.answering(status, status, 200)) {
      assertThat(post(webhook.url(), THREE_TRIES)).isEmpty();
      assertThat(webhook.posts()).containsExactly(POST, POST, POST);
    }
  }

  @Test
  void isGivenUpAfterThreeTries() throws IOException {
    try (WebhookServer webhook = WebhookServer.answering(500, 500, 502, 200)) {
      assertThat(post(webhook.url(), THREE_TRIES)).hasValue("status 502, 3 attempts");
      assertThat(webhook.posts()).hasSize(3);
    }
  }

  @Test
  void isGivenUpWhenTheTimeForItIsOver() throws IOException {
    Patience noTimeForAPause =
        new Patience(
            Duration.ofSeconds(20), List.of(Duration.ofMinutes(1)), Duration.ofSeconds(30));
    try (WebhookServer webhook = WebhookServer.answering(500)) {
      assertThat(post(webhook.url(), noTimeForAPause)).hasValue("status 500");
      assertThat(webhook.posts()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, status 400",
    "404, status 404",
    "302, 'status 302, and redirects are not followed'",
    "307, 'status 307, and redirects are not followed'"
  })
  void isNotTriedAgainWhereThatCannotHelp(int status, String why) throws IOException {
    try (WebhookServer webhook = WebhookServer.answering(status, 200)) {
      assertThat(post(webhook.url(), THREE_TRIES)).hasValue(why);
      assertThat(webhook.posts()).hasSize(1);
    }
  }

  @Test
  void doesNotWaitForAServerThatIsSilent() throws IOException {
    try (WebhookServer webhook = WebhookServer.answering(WebhookServer.NEVER)) {
      assertThat(post(webhook.url(), tries(Duration.ofMillis(200))))
          .hasValue("no answer, 3 attempts");
    }
  }

  @Test
  void isToldWhereNobodyListens() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    assertThat(post("http://127.0.0.1:" + port, THREE_TRIES)).hasValue("no connection, 3 attempts");
  }

  @ParameterizedTest
  @CsvSource({"http, 'the connection broke, 3 attempts'", "https, 'no TLS connection, 3 attempts'"})
  void isToldWhereSomethingElseListens(String scheme, String why) throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread other =
          new Thread(
              () -> {
                while (!socket.isClosed()) {
                  try (Socket connection = socket.accept()) {
                    connection.getInputStream().read();
                    connection.getOutputStream().write("Hello\r\n\r\n".getBytes(UTF_8));
                  } catch (IOException e) {
                    // The next one, or the end of the test.
                  }
                }
              });
      other.start();

      assertThat(post(scheme + "://127.0.0.1:" + socket.getLocalPort(), THREE_TRIES)).hasValue(why);
      socket.close();
      other.join();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "hooks.example.com/SECRET, another scheme or none",
    "ftp://hooks.example.com/SECRET, another scheme or none",
    "https:/SECRET, no host",
    "https://SECRET:1@example.com/, a user before the host",
    "https://example.com:77777/SECRET, port 77777",
    "https://example.com/SECRET and more, text that is not a URL",
  })
  void aUrlThatCannotBeIsToldWithoutItsSecret(String url, String found) {
    assertThatThrownBy(() -> WebhookUrl.parse(url))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage(
            "found " + found + ", expected a URL that begins with https:// or http:// and a host");
  }

  @Test
  void aUrlShowsItselfWithoutItsSecret() {
    assertThat(WebhookUrl.parse("https://hooks.example.com/services/SECRET?token=SECRET"))
        .hasToString("https://hooks.example.com");
  }
}
