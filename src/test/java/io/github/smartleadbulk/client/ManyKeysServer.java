package io.github.smartleadbulk.client;

import io.github.smartleadbulk.account.RateWindow;
import java.io.Closeable;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;

/** A server that enforces a window for each key, and takes its time for an answer. */
final class ManyKeysServer implements Closeable {

  private final MockWebServer server = new MockWebServer();
  private final Map<String, Deque<Long>> arrivalsByKey = new ConcurrentHashMap<>();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private final RateWindow window;

  ManyKeysServer(RateWindow window, Duration latency) throws Exception {
    this.window = window;
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
            mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            boolean isAdmitted = admit(request.getUrl().queryParameter("api_key"));
            TimeUnit.NANOSECONDS.sleep(latency.toNanos());
            atOnce.decrementAndGet();
            return isAdmitted
                ? new MockResponse(200, Headers.EMPTY, "{\"ok\":true}")
                : new MockResponse(429, Headers.EMPTY, "{}");
          }
        });
    server.start(InetAddress.getLoopbackAddress(), 0);
  }

  private boolean admit(String key) {
    Deque<Long> arrivals = arrivalsByKey.computeIfAbsent(key, k -> new ArrayDeque<>());
    synchronized (arrivals) {
      long now = System.nanoTime();
      arrivals.add(now);
      while (now - arrivals.peek() >= window.length().toNanos()) {
        arrivals.remove();
      }
      if (arrivals.size() > window.calls()) {
        refused.incrementAndGet();
        return false;
      }
      return true;
    }
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getPort() + "/api/v1");
  }

  int refused() {
    return refused.get();
  }

  int keys() {
    return arrivalsByKey.size();
  }

  int mostAtOnce() {
    return mostAtOnce.get();
  }

  @Override
  public void close() {
    server.close();
  }
}
