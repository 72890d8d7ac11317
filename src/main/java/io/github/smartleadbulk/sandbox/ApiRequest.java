package io.github.smartleadbulk.sandbox;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a request.
 *
 * @param path the path without the query
 * @param accountId null if the path names no account
 */
record ApiRequest(String method, String path, Map<String, String> query, @Nullable Long accountId) {

  static final String ROOT = "/api/v1";

  private static final Pattern LIST = Pattern.compile(ROOT + "/email-accounts/?");
  private static final Pattern ACCOUNT = Pattern.compile(ROOT + "/email-accounts/([0-9]{1,18})/?");

  static ApiRequest of(String method, URI uri) {
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    Matcher matcher = ACCOUNT.matcher(path);
    Long accountId = matcher.matches() ? Long.valueOf(matcher.group(1)) : null;
    return new ApiRequest(method, path, query(uri.getRawQuery()), accountId);
  }

  boolean isApi() {
    return path.startsWith(ROOT + "/");
  }

  boolean isList() {
    return LIST.matcher(path).matches();
  }

  String key() {
    return query.getOrDefault("api_key", "");
  }

  private static Map<String, String> query(@Nullable String raw) {
    Map<String, String> valuesByName = new HashMap<>();
    if (raw != null) {
      for (String pair : raw.split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        valuesByName.putIfAbsent(decoded(name), decoded(value));
      }
    }
    return valuesByName;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
