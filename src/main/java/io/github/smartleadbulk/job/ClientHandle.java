package io.github.smartleadbulk.job;

import io.github.smartleadbulk.client.SmartleadClient;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The client that something works with; may be told to stop before it is there. Thread-safe. */
final class ClientHandle {

  private @Nullable SmartleadClient client;
  private @Nullable Stop stop;

  synchronized void publish(SmartleadClient opened) {
    client = opened;
    if (stop != null) {
      opened.stop();
    }
  }

  /** The first reason is kept. */
  synchronized void stop(Stop why) {
    if (stop == null) {
      stop = why;
    }
    if (client != null) {
      client.stop();
    }
  }

  synchronized Optional<SmartleadClient> client() {
    return Optional.ofNullable(client);
  }

  synchronized @Nullable Stop askedToStop() {
    return stop;
  }
}
