package io.github.smartleadbulk.api;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import okhttp3.Credentials;
import org.jspecify.annotations.Nullable;

/**
 * A proxy as {@code HTTPS_PROXY} names it: {@code http://user:password@host:port}, of which all but
 * the host may be missing.
 *
 * @param credentials the header that tells the proxy who we are; null if it does not ask
 */
record ProxyAddress(String host, int port, @Nullable String credentials) {

  private static final int USUAL_PORT = 80;

  /**
   * @throws IllegalArgumentException without repeating the text, which may hold a password
   */
  static ProxyAddress parse(String text) {
    String url = text.contains("://") ? text.strip() : "http://" + text.strip();
    try {
      URI uri = new URI(url);
      if (!"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
        throw unknown();
      }
      return new ProxyAddress(
          uri.getHost(),
          uri.getPort() < 0 ? USUAL_PORT : uri.getPort(),
          credentials(uri.getUserInfo()));
    } catch (URISyntaxException e) {
      // Not kept as the cause: its message repeats the text.
      throw unknown();
    }
  }

  private static IllegalArgumentException unknown() {
    return new IllegalArgumentException(
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
