package io.github.smartleadbulk.sandbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request that a sandbox has decided on; it is told before the answer leaves, so whoever has the
 * answer finds the request told.
 *
 * @param arrivedAt by a clock that never goes back; the time that the rate windows count by
 * @param path without the query, which holds the key
 * @param status of the answer, or {@link #NO_ANSWER}
 * @param accountId null where the path names no account
 */
public record SandboxRequest(
    Instant arrivedAt, String method, String path, int status, @Nullable Long accountId) {

  /** The status of a request whose connection is reset or kept waiting. */
  public static final int NO_ANSWER = 0;
}
