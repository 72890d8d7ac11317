package io.github.smartleadbulk.api;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Checks the base URL. The key is in the URL of each call, so nobody on the way may read it. */
final class BaseUrl {

  private BaseUrl() {}

  /**
   * @throws IllegalArgumentException if the URL is not allowed; the message omits its user and
   *     query, which may be secret
   */
  static void check(URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    String host = url.getHost();
    if (host == null || host.isEmpty()) {
      throw new IllegalArgumentException(
          "the base URL names no host, expected one such as https://server.smartlead.ai/api/v1");
    }
    if (url.getPort() > 65_535) {
      throw new IllegalArgumentException(
          "found port " + url.getPort() + " in the base URL, expected at most 65535");
    }
    if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "the base URL of "
              + host
              + " holds a user, a query or a fragment, expected scheme, host and path only");
    }
    if (!scheme.equals("https") && !(scheme.equals("http") && isLoopback(host))) {
      throw new IllegalArgumentException(
          "found base URL "
              + scheme
              + "://"
              + host
              + ", expected https (http only to this machine: the key is in the URL)");
    }
  }

  /** Checks the name only, because anybody could answer a lookup. */
  static boolean isLoopback(@Nullable String host) {
    if (host == null) {
      return false;
    }
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.equals("[::1]")
        || name.equals("::1")
        || name.matches("127(\\.[0-9]{1,3}){3}");
  }

  /** Adds the final slash, so that the paths of calls are appended and do not replace the path. */
  static String withSlash(URI url) {
    String text = url.toString();
    return text.endsWith("/") ? text : text + "/";
  }

  /** Host and port, for messages. */
  static String shown(URI url) {
    int port = url.getPort();
    if (port < 0) {
      port = "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
    }
    return url.getHost() + ":" + port;
  }
}
