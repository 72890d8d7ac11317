package io.github.smartleadbulk.api;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import okhttp3.Authenticator;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;

/**
 * Selects the proxy for a call: from the JVM's properties ({@code https.proxyHost} and so on), else
 * from {@code HTTPS_PROXY} and {@code NO_PROXY}. Calls to this machine use no proxy.
 */
public final class Proxies extends ProxySelector implements Authenticator {

  private static final URI ANY = URI.create("https://example.com");

  private final @Nullable ProxySelector jvm;
  private final @Nullable ProxyAddress fromEnvironment;
  private final NoProxy except;

  private Proxies(
      @Nullable ProxySelector jvm, @Nullable ProxyAddress fromEnvironment, NoProxy except) {
    this.jvm = jvm;
    this.fromEnvironment = fromEnvironment;
    this.except = except;
  }

  /**
   * The proxies of this process.
   *
   * @throws ProxyException if the settings of this process name a proxy that cannot be used
   */
  public static ProxySelector ofProcess() {
    return usual(ProxySelector.getDefault(), System.getenv());
  }

  /**
   * @throws ProxyException if the settings of this process name a proxy that cannot be used
   */
  static Proxies usual(@Nullable ProxySelector jvm, Map<String, String> environment) {
    String proxy = value(environment, "https_proxy", "HTTPS_PROXY");
    Proxies proxies =
        new Proxies(
            jvm,
            proxy.isBlank() ? null : ProxyAddress.parse(proxy),
            NoProxy.parse(value(environment, "no_proxy", "NO_PROXY")));
    // The JVM checks its properties only when it is asked.
    var unused = proxies.ofJvm(ANY);
    return proxies;
  }

  private static String value(Map<String, String> environment, String name, String otherName) {
    String value = environment.getOrDefault(name, "");
    return value.isBlank() ? environment.getOrDefault(otherName, "") : value;
  }

  @Override
  public List<Proxy> select(URI uri) {
    String host = uri.getHost();
    if (BaseUrl.isLoopback(host)) {
      return List.of(Proxy.NO_PROXY);
    }
    List<Proxy> chosen = ofJvm(uri);
    if (chosen.stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT)) {
      return chosen;
    }
    return fromEnvironment == null || host == null || except.matches(host)
        ? List.of(Proxy.NO_PROXY)
        : List.of(fromEnvironment.proxy());
  }

  private List<Proxy> ofJvm(URI uri) {
    try {
      return jvm == null ? List.of() : jvm.select(uri);
    } catch (IllegalArgumentException e) {
      throw new ProxyException(
          "the proxy in the properties of the JVM (https.proxyHost, https.proxyPort in JAVA_OPTS) cannot be used: "
              + e.getMessage());
    }
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    if (jvm != null) {
      jvm.connectFailed(uri, address, failure);
    }
  }

  /** Sends credentials to a proxy that asks for them, once, if its address has a user. */
  @Override
  public @Nullable Request authenticate(@Nullable Route route, Response response) {
    Request request = response.request();
    if (fromEnvironment == null
        || fromEnvironment.credentials() == null
        || route == null
        || !isOurs(route.proxy().address(), fromEnvironment)
        || request.header("Proxy-Authorization") != null) {
      return null;
    }
    return request
        .newBuilder()
        .header("Proxy-Authorization", fromEnvironment.credentials())
        .build();
  }

  private static boolean isOurs(@Nullable SocketAddress address, ProxyAddress ours) {
    return address instanceof InetSocketAddress inet
        && inet.getHostString().equals(ours.host())
        && inet.getPort() == ours.port();
  }
}
