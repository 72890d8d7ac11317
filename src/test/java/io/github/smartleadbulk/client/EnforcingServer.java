package io.github.smartleadbulk.client;

import io.github.smartleadbulk.account.RateWindow;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** A server that enforces windows on arrivals and takes its time before and after it counts. */
final class EnforcingServer implements Closeable {

  private final List<RateWindow> windows;
  private final LongSupplier millisBefore;
  private final LongSupplier millisAfter;
  private final List<Long> arrivals = new ArrayList<>();
  private final RawServer server;
  private int refused;

  EnforcingServer(List<RateWindow> windows, LongSupplier millisBefore, LongSupplier millisAfter) {
    this.windows = windows;
    this.millisBefore = millisBefore;
    this.millisAfter = millisAfter;
    this.server = RawServer.start(this::answer);
  }

  URI url() {
    return server.url();
  }

  private boolean answer(int number, Socket connection) throws IOException, InterruptedException {
    Thread.sleep(millisBefore.getAsLong());
    boolean admitted = admit();
    Thread.sleep(millisAfter.getAsLong());
    if (admitted) {
      RawServer.answer(connection, 200, "", "{\"ok\":true}");
    } else {
      RawServer.answer(connection, 429, "", "{}");
    }
    return true;
  }

  private synchronized boolean admit() {
    long now = System.nanoTime();
    arrivals.add(now);
    for (RateWindow window : windows) {
      long length = window.length().toNanos();
      if (arrivals.stream().filter(arrival -> now - arrival < length).count() > window.calls()) {
        refused++;
        return false;
      }
    }
    return true;
  }

  synchronized int refused() {
    return refused;
  }

  synchronized int arrivals() {
    return arrivals.size();
  }

  /** When calls arrived since the first one. */
  synchronized List<Duration> times() {
    return arrivals.stream().map(at -> Duration.ofNanos(at - arrivals.get(0))).toList();
  }

  /** From the first arrival to the last. */
  synchronized Duration span() {
    return Duration.ofNanos(arrivals.get(arrivals.size() - 1) - arrivals.get(0));
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
