package io.github.smartleadbulk.client;

import java.net.ProxySelector;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/** OkHttp as this program needs it: one call is one request, and nothing happens unseen. */
final class HttpSetup {

  /**
   * Below the 5 seconds after which Node's servers close an idle connection: a call sent into one
   * that closes gets no answer, and the second try takes a second permit.
   */
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(4);

  /** From JDK 24 on a virtual thread that waits for a lock of any kind makes room for others. */
  private static final int FIRST_WITH_CHEAP_THREADS = 24;

  private HttpSetup() {}

  static OkHttpClient client(ClientSettings settings) {
    Dispatcher dispatcher = new Dispatcher(threads());
    // Calls under way are bounded before they get here. A second bound would let calls wait that
    // the limiter has counted as sent.
    dispatcher.setMaxRequests(Integer.MAX_VALUE);
    dispatcher.setMaxRequestsPerHost(Integer.MAX_VALUE);
    Proxies proxies = Proxies.usual(ProxySelector.getDefault(), System.getenv());
    return new OkHttpClient.Builder()
        .dispatcher(dispatcher)
        .connectionPool(
            new ConnectionPool(
                Concurrency.of(settings), KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS))
        .protocols(List.of(Protocol.HTTP_1_1))
        .callTimeout(settings.timeout())
        .connectTimeout(settings.timeout())
        // The whole call has its time; one more watch over each of its packets tells nothing new.
        .readTimeout(Duration.ZERO)
        .writeTimeout(Duration.ZERO)
        .followRedirects(false)
        .followSslRedirects(false)
        .retryOnConnectionFailure(false)
        .proxySelector(proxies)
        .proxyAuthenticator(proxies)
        .eventListener(new Attempt.Listener())
        .addInterceptor(new WholeAnswer())
        .addInterceptor(new KeyInterceptor(settings.key(), settings.userAgent()))
        .addNetworkInterceptor(new SingleSend())
        .build();
  }

  private static ExecutorService threads() {
    return Runtime.version().feature() < FIRST_WITH_CHEAP_THREADS ? platform() : virtual();
  }

  private static ExecutorService platform() {
    AtomicInteger count = new AtomicInteger();
    ThreadFactory factory =
        task -> {
          Thread thread = new Thread(task, "smartlead-call-" + count.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        };
    return new ThreadPoolExecutor(
        0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
  }

  /** By reflection, since this is compiled for JDK 17. */
  private static ExecutorService virtual() {
    try {
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      Class<?> type = Class.forName("java.lang.Thread$Builder");
      type.getMethod("name", String.class, long.class).invoke(builder, "smartlead-call-", 1L);
      return (ExecutorService)
          Executors.class
              .getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
              .invoke(null, type.getMethod("factory").invoke(builder));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("every JDK from 21 on has virtual threads", e);
    }
  }
}
