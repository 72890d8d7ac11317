package io.github.smartleadbulk.run;

import io.github.smartleadbulk.client.SmartleadClient;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A client that can be stopped even before it has been opened. Thread-safe. */
public final class ClientHandle {

  private @Nullable SmartleadClient client;
  private @Nullable Stop stop;

  public synchronized void publish(SmartleadClient opened) {
    client = opened;
    if (stop != null) {
      opened.stop();
    }
  }

  /** Keeps the first reason. */
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
