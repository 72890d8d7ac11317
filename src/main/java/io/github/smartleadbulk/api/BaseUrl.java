package io.github.smartleadbulk.api;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where calls may go: the key is in their URLs, so nobody on the way may read them. */
final class BaseUrl {

  private BaseUrl() {}

  /**
   * @throws IllegalArgumentException without what the URL has in its query or before its host,
   *     which may be secret
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

  /** By the name alone: a lookup could be answered by anybody. */
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

  /** With the slash at the end that makes the paths of calls follow instead of replace. */
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
