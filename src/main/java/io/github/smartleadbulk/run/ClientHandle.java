package io.github.smartleadbulk.run;

import io.github.smartleadbulk.client.SmartleadClient;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The client that something works with; may be told to stop before it is there. Thread-safe. */
public final class ClientHandle {

  private @Nullable SmartleadClient client;
  private @Nullable Stop stop;

  public synchronized void publish(SmartleadClient opened) {
    client = opened;
    if (stop != null) {
      opened.stop();
    }
  }

  /** The first reason is kept. */
  public synchronized void stop(Stop why) {
    if (stop == null) {
      stop = why;
    }
    if (client != null) {
      client.stop();
    }
  }

  public synchronized Optional<SmartleadClient> client() {
    return Optional.ofNullable(client);
  }

  public synchronized @Nullable Stop askedToStop() {
    return stop;
  }
}
