package io.github.smartleadbulk.api;

import java.net.ProxySelector;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/** Configures OkHttp so that one call is one request, and nothing happens unseen. */
public final class HttpClientFactory {

  /**
   * Less than the 5 seconds after which Node's servers close an idle connection. A call on a
   * closing connection gets no answer, and its next attempt counts against the limits again.
   */
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(4);

  private HttpClientFactory() {}

  public static OkHttpClient client(ClientSettings settings, int mostCalls) {
    Dispatcher dispatcher = new Dispatcher(new CallThreads());
    // The client limits the calls in flight. Another limit here would make calls wait that the
    // limiter has counted as sent.
    dispatcher.setMaxRequests(Integer.MAX_VALUE);
    dispatcher.setMaxRequestsPerHost(Integer.MAX_VALUE);
    Proxies proxies = Proxies.usual(ProxySelector.getDefault(), System.getenv());
    ConnectionPool pool =
        new ConnectionPool(mostCalls, KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS);
    StaleConnectionInterceptor live = new StaleConnectionInterceptor(pool);
    return new OkHttpClient.Builder()
        .dispatcher(dispatcher)
        .connectionPool(pool)
        .protocols(List.of(Protocol.HTTP_1_1))
        .callTimeout(settings.timeout())
        .connectTimeout(settings.timeout())
        // The timeout covers the whole call, so timeouts of its parts are not needed.
        .readTimeout(Duration.ZERO)
        .writeTimeout(Duration.ZERO)
        .followRedirects(false)
        .followSslRedirects(false)
        .retryOnConnectionFailure(false)
        .proxySelector(proxies)
        .proxyAuthenticator(proxies)
        .eventListener(live.listener())
        .addInterceptor(new BufferedBodyInterceptor())
        .addInterceptor(new ApiKeyInterceptor(settings.key(), settings.userAgent()))
        .addInterceptor(live::intercept)
        .addNetworkInterceptor(live::look)
        .addNetworkInterceptor(new SingleRequestInterceptor())
        .build();
  }
}
