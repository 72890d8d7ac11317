package io.github.smartleadbulk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.api.Answer.Accepted;
import java.net.Socket;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that the server closes while nothing is under way on them. */
@Timeout(20)
class IdleConnectionTest {

  /**
   * Each call finds the connection of the one before closed, and the server sees each call once.
   */
  @Test
  void aConnectionThatWasClosedWhileIdleCostsNoAttempt() throws Exception {
    Queue<Instant> recorded = new ConcurrentLinkedQueue<>();
    Queue<Socket> connections = new ConcurrentLinkedQueue<>();
    CallHistory record = Samples.record(recorded::add);
    try (RawServer server =
            RawServer.start(
                (number, connection) -> {
                  connections.add(connection);
                  RawServer.answer(connection, 200, "", "{\"ok\":true}");
                  return true;
                });
        SmartleadClient client =
            SmartleadClient.create(
                Samples.withMaxAttempts(Samples.settings(server.url(), "100/s"), 1), record)) {
      for (int row = 1; row <= 15; row++) {
        assertThat(
                WaitingCaller.update(client, Samples.update(row), record).get(10, TimeUnit.SECONDS))
            .isEqualTo(new Accepted(200, 1));
        // In good order, as servers do, and long enough ago for a connection to count as idle.
        connections.remove().close();
        TimeUnit.MILLISECONDS.sleep(30);
      }
      assertThat(server.requests()).hasSize(15);
      assertThat(recorded).hasSize(15);
      assertThat(client.statistics().calls()).isEqualTo(15);
    }
  }

  @Test
  void aConnectionThatIsOpenIsUsedAgain() throws Exception {
    Queue<Integer> ports = new ConcurrentLinkedQueue<>();
    try (RawServer server =
            RawServer.start(
                (number, connection) -> {
                  ports.add(connection.getPort());
                  RawServer.answer(connection, 200, "", "{\"ok\":true}");
                  return true;
                });
        SmartleadClient client =
            SmartleadClient.create(Samples.settings(server.url()), CallHistory.none())) {
      for (int row = 1; row <= 3; row++) {
        assertThat(WaitingCaller.update(client, Samples.update(row)).get(10, TimeUnit.SECONDS))
            .isEqualTo(new Accepted(200, 1));
        TimeUnit.MILLISECONDS.sleep(30);
      }
      assertThat(ports).hasSize(3).containsOnly(ports.peek());
    }
  }
}
