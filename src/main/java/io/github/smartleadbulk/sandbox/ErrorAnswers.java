package io.github.smartleadbulk.sandbox;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * SmartLead's error answers. They have no common form. Each one here has the form that SmartLead's
 * documentation or its users show.
 */
final class ErrorAnswers {

  private static final JsonMapper JSON = JsonMapper.shared();

  private ErrorAnswers() {}

  static ApiResponse message(int status, String message) {
    return ApiResponse.json(status, JSON.createObjectNode().put("message", message));
  }

  static ApiResponse invalidKey() {
    return message(401, "Invalid API Key");
  }

  /** The answer of the schema validation to unknown keys and wrong types. */
  static ApiResponse validation(String source, String message, List<String> keys) {
    ObjectNode body = JSON.createObjectNode();
    body.put("statusCode", 400).put("error", "Bad Request").put("message", message);
    ObjectNode validation = body.putObject("validation").put("source", source);
    keys.forEach(validation.putArray("keys")::add);
    return ApiResponse.json(400, body);
  }

  /** The answer to a value that has the right type but is not allowed. */
  static ApiResponse unprocessable(String key, String message) {
    ObjectNode body = JSON.createObjectNode();
    ObjectNode error = body.putObject("error");
    error.put("code", "VALIDATION_ERROR").put("message", message);
    error.putObject("details").put("field", key);
    return ApiResponse.json(422, body);
  }

  static ApiResponse unknownAccountOfUpdate(long id) {
    ObjectNode body = JSON.createObjectNode();
    body.put("ok", false).put("message", "Email account not found");
    body.put("errorCode", "ACCOUNT_NOT_FOUND").put("emailAccountId", id);
    return ApiResponse.json(404, body);
  }

  static ApiResponse unknownAccountOfRead() {
    return ApiResponse.json(404, JSON.createObjectNode().put("error", "Email account not found"));
  }

  static ApiResponse tooManyCalls(long retryAfterSeconds) {
    ObjectNode body = JSON.createObjectNode();
    ObjectNode error = body.putObject("error");
    error.put("code", "RATE_LIMIT_EXCEEDED").put("message", "Too many requests");
    error.put("retry_after", retryAfterSeconds);
    return ApiResponse.json(429, body).with("Retry-After", Long.toString(retryAfterSeconds));
  }

  static ApiResponse internal() {
    ObjectNode body = JSON.createObjectNode();
    body.put("statusCode", 500).put("error", "Internal Server Error");
    return ApiResponse.json(500, body.put("message", "An internal server error occurred"));
  }
}
