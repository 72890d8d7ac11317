package io.github.smartleadbulk.api;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import okhttp3.Credentials;
import org.jspecify.annotations.Nullable;

/**
 * The address of a proxy in {@code HTTPS_PROXY}: {@code http://user:password@host:port}, where only
 * the host is required.
 *
 * @param credentials the header with user and password; null for none
 */
record ProxyAddress(String host, int port, @Nullable String credentials) {

  private static final int USUAL_PORT = 80;
  private static final int MOST_PORT = 65_535;

  /**
   * @throws ProxyException if the text is not an address
   */
  static ProxyAddress parse(String text) {
    String url = text.contains("://") ? text.strip() : "http://" + text.strip();
    try {
      URI uri = new URI(url);
      if (!"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
        throw unknown();
      }
      if (uri.getPort() == 0 || uri.getPort() > MOST_PORT) {
        throw new ProxyException(
            "the proxy in HTTPS_PROXY has the port %d, expected one from 1 to %d"
                .formatted(uri.getPort(), MOST_PORT));
      }
      return new ProxyAddress(
          uri.getHost(),
          uri.getPort() < 0 ? USUAL_PORT : uri.getPort(),
          credentials(uri.getUserInfo()));
    } catch (URISyntaxException e) {
      // The exception is not kept as the cause, because its message repeats the text.
      throw unknown();
    }
  }

  private static ProxyException unknown() {
    return new ProxyException(
        "the proxy in HTTPS_PROXY cannot be understood, expected one such as"
            + " http://proxy.example.com:3128");
  }

  private static @Nullable String credentials(@Nullable String userInfo) {
    if (userInfo == null || userInfo.isEmpty()) {
      return null;
    }
    int colon = userInfo.indexOf(':');
    return colon < 0
        ? Credentials.basic(userInfo, "")
        : Credentials.basic(userInfo.substring(0, colon), userInfo.substring(colon + 1));
  }

  Proxy proxy() {
    return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port));
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
