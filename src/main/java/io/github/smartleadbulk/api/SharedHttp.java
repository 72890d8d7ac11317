package io.github.smartleadbulk.api;

import java.net.ProxySelector;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/**
 * The threads, the connections and the TLS settings that all clients of a process share. It
 * configures OkHttp so that one call is one request, and nothing happens unseen. The key, the base
 * URL and the timeouts belong to each client alone.
 */
public final class SharedHttp implements AutoCloseable {

  /**
   * Less than the 5 seconds after which Node's servers close an idle connection. A call on a
   * closing connection gets no answer, and its next attempt counts against the limits again.
   */
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(4);

  private final StaleConnectionInterceptor live;
  private final OkHttpClient shared;

  private SharedHttp(StaleConnectionInterceptor live, OkHttpClient shared) {
    this.live = live;
    this.shared = shared;
  }

  /**
   * Creates the parts, which open connections when they are needed.
   *
   * @param mostIdle the most connections that stay open without a call: with many servers, there
   *     could be more of them than calls in flight
   * @throws IllegalArgumentException if a proxy setting in the environment is not valid
   */
  public static SharedHttp create(int mostIdle) {
    Dispatcher dispatcher = new Dispatcher(new CallThreads());
    // The clients limit the calls in flight. Another limit here would make calls wait that the
    // limiter has counted as sent.
    dispatcher.setMaxRequests(Integer.MAX_VALUE);
    dispatcher.setMaxRequestsPerHost(Integer.MAX_VALUE);
    Proxies proxies = Proxies.usual(ProxySelector.getDefault(), System.getenv());
    ConnectionPool pool =
        new ConnectionPool(mostIdle, KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS);
    StaleConnectionInterceptor live = new StaleConnectionInterceptor(pool);
    return new SharedHttp(
        live,
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .connectionPool(pool)
            .protocols(List.of(Protocol.HTTP_1_1))
            // The timeout of a client covers the whole call, so timeouts of its parts are not
            // needed.
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            // A redirect would take the key to a server that the settings do not name.
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .proxySelector(proxies)
            .proxyAuthenticator(proxies)
            .eventListener(live.listener())
            .addNetworkInterceptor(live::look)
            .addNetworkInterceptor(new SingleRequestInterceptor())
            // Nothing that may take time comes after it.
            .addNetworkInterceptor(new LateCallInterceptor())
            .build());
  }

  /** OkHttp for one client: only its calls carry its key. */
  public OkHttpClient client(ClientSettings settings) {
    return shared
        .newBuilder()
        .callTimeout(settings.timeout())
        .connectTimeout(settings.timeout())
        .addInterceptor(new BufferedBodyInterceptor())
        .addInterceptor(new ApiKeyInterceptor(settings.key(), settings.userAgent()))
        .addInterceptor(live::intercept)
        .build();
  }

  /** Cancels all calls, closes all connections and ends all threads. */
  @Override
  public void close() {
    shared.dispatcher().cancelAll();
    shared.dispatcher().executorService().shutdown();
    shared.connectionPool().evictAll();
  }
}
