package io.github.smartleadbulk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.api.Answer;
import io.github.smartleadbulk.api.Answer.Failed;
import io.github.smartleadbulk.api.Answer.Uncertain;
import io.github.smartleadbulk.api.ClientSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a row comes to when its last try gets no answer, or a part of one. */
@Timeout(20)
class NoAnswerTest {

  @Test
  void failedWhereNobodyListens() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertThat(lastTry(URI.create("http://127.0.0.1:" + port)))
        .isEqualTo(
            new Failed(null, 1, "no connection to 127.0.0.1:" + port + ": connection refused"));
  }

  @Test
  void failedWhereTheNameIsNotKnown() throws Exception {
    assertThat(lastTry(URI.create("https://smartlead.invalid/api/v1")))
        .isEqualTo(
            new Failed(
                null, 1, "no connection to smartlead.invalid:443: the name is not known (DNS)"));
  }

  @Test
  void uncertainWhereTheConnectionIsReset() throws Exception {
    assertThat(
            lastTry(
                (number, connection) -> {
                  RawServer.reset(connection);
                  return false;
                }))
        .isEqualTo(new Uncertain(null, 1, "the connection broke before an answer came"));
  }

  @Test
  void uncertainWhereTheConnectionIsClosed() throws Exception {
    assertThat(lastTry((number, connection) -> false))
        .isEqualTo(new Uncertain(null, 1, "the server closed the connection without an answer"));
  }

  @Test
  void uncertainWhereTheHeadOfTheAnswerIsCutOff() throws Exception {
    assertThat(
            lastTry(
                (number, connection) -> {
                  RawServer.write(connection, "HTTP/1.1 200 OK\r\nContent-Le");
                  return false;
                }))
        .isEqualTo(new Uncertain(null, 1, "the server closed the connection without an answer"));
  }

  @Test
  void uncertainWhereTheAnswerIsNotHttp() throws Exception {
    assertThat(
            lastTry(
                (number, connection) -> {
                  RawServer.write(connection, "220 mail.example.com ESMTP\r\n\r\n");
                  return false;
                }))
        .isEqualTo(new Uncertain(null, 1, "the answer is not HTTP"));
  }

  @Test
  void uncertainWhereNoAnswerComesInTime() throws Exception {
    assertThat(lastTry(NoAnswerTest::silence))
        .isEqualTo(new Uncertain(null, 1, "no answer in 0.4 s"));
  }

  @Test
  void uncertainWhereTheBodyOfASuccessIsCutOff() throws Exception {
    Uncertain cutOff = new Uncertain(200, 1, "HTTP 200, the answer was cut off");
    assertThat(lastTry((number, connection) -> partOf(200, connection))).isEqualTo(cutOff);
    assertThat(
            lastTry(
                (number, connection) -> {
                  partOf(200, connection);
                  Thread.sleep(50);
                  RawServer.reset(connection);
                  return false;
                }))
        .isEqualTo(cutOff);
    assertThat(
            lastTry(
                (number, connection) -> {
                  partOf(200, connection);
                  return silence(number, connection);
                }))
        .isEqualTo(cutOff);
  }

  @Test
  void failedWhereTheBodyOfARefusalIsCutOff() throws Exception {
    assertThat(lastTry((number, connection) -> partOf(404, connection)))
        .isEqualTo(new Failed(404, 1, "HTTP 404, the answer was cut off"));
  }

  @Test
  void failedWhereTheServerDoesNotSpeakTls() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> unused =
          CompletableFuture.runAsync(
              () -> {
                try (Socket connection = plain.accept()) {
                  RawServer.answer(connection, 400, "", "speak plainly");
                  connection.getInputStream().readAllBytes();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      assertThat(lastTry(URI.create("https://127.0.0.1:" + plain.getLocalPort())))
          .isEqualTo(
              new Failed(
                  null,
                  1,
                  "no TLS connection to 127.0.0.1:"
                      + plain.getLocalPort()
                      + ": Unsupported or unrecognized SSL message"));
    }
  }

  @Test
  void failedWhereTheTlsHandshakeTakesTooLong() throws Exception {
    try (ServerSocket deaf = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      assertThat(lastTry(URI.create("https://127.0.0.1:" + deaf.getLocalPort())))
          .isEqualTo(
              new Failed(
                  null, 1, "no connection to 127.0.0.1:" + deaf.getLocalPort() + " in 0.4 s"));
    }
  }

  private static boolean partOf(int status, Socket connection) throws IOException {
    RawServer.write(
        connection, "HTTP/1.1 " + status + " X\r\nContent-Length: 100\r\n\r\n{\"ok\":true,");
    return false;
  }

  private static boolean silence(int number, Socket connection) throws InterruptedException {
    Thread.sleep(5000);
    return false;
  }

  private static Answer lastTry(RawServer.Script script) throws Exception {
    try (RawServer server = RawServer.start(script)) {
      Answer answer = lastTry(server.url());
      assertThat(server.requests()).hasSize(1);
      return answer;
    }
  }

  private static Answer lastTry(URI url) throws Exception {
    ClientSettings settings =
        Samples.withTimeout(
            Samples.withMaxAttempts(Samples.settings(url), 1), Duration.ofMillis(400));
    try (SmartleadClient client = SmartleadClient.create(settings, CallHistory.none())) {
      return WaitingCaller.update(client, Samples.update(7)).get(10, TimeUnit.SECONDS);
    }
  }
}
