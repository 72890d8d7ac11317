package io.github.smartleadbulk.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The answer to a request.
 *
 * @param sentShare the part of the body to send before the connection is closed; 1 for all of it
 */
record ApiResponse(
    int status, String contentType, String body, Map<String, String> headers, double sentShare) {

  private static final String JSON = "application/json; charset=utf-8";

  static ApiResponse json(int status, JsonNode body) {
    return jsonText(status, body.toString());
  }

  static ApiResponse jsonText(int status, String body) {
    return text(status, JSON, body);
  }

  static ApiResponse html(int status, String body) {
    return text(status, "text/html; charset=utf-8", body);
  }

  static ApiResponse text(int status, String contentType, String body) {
    return new ApiResponse(status, contentType, body, Map.of(), /* sentShare= */ 1);
  }

  ApiResponse with(String header, String value) {
    return with(Map.of(header, value));
  }

  ApiResponse with(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.putAll(more);
    return new ApiResponse(status, contentType, body, all, sentShare);
  }

  ApiResponse cut() {
    return new ApiResponse(status, contentType, body, headers, 0.5);
  }
}
