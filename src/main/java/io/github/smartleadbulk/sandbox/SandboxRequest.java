package io.github.smartleadbulk.sandbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request with the decision of the sandbox. It is reported before the answer is sent, so a caller
 * that has the answer can rely on the report.
 *
 * @param arrivedAt the time of arrival on a clock that never goes back, as the rate windows use it
 * @param keyName the name of the key; null for a key without a name, or an unknown one
 * @param path the path without the query, which holds the key
 * @param status the status of the answer, or {@link #NO_ANSWER}
 * @param accountId null if the path names no account
 */
public record SandboxRequest(
    Instant arrivedAt,
    @Nullable String keyName,
    String method,
    String path,
    int status,
    @Nullable Long accountId) {

  /** The status of a request whose connection is reset or left waiting. */
  public static final int NO_ANSWER = 0;
}
