package io.github.smartleadbulk.account;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a row, for the journal and for the line in {@code results.csv}.
 *
 * @param row counts records from 1
 * @param line the physical line where the record starts
 * @param accountId null if the row has no valid id
 * @param changedFields the API names of the fields that were sent; empty unless the status is
 *     {@code updated} or {@code uncertain}
 * @param httpStatus the HTTP status of the last answer; null if there was no answer
 * @param attempts the number of calls for this row; rate-limited calls (429) do not count
 * @param message a message for the user; may be empty
 * @param finishedAt null if no call was made
 * @param workspace the workspace of the account
 */
public record RowOutcome(
    long row,
    long line,
    @Nullable Long accountId,
    RowStatus status,
    List<String> changedFields,
    @Nullable Integer httpStatus,
    int attempts,
    String message,
    @Nullable Instant finishedAt,
    String workspace) {

  /** The same outcome in another workspace. */
  public RowOutcome in(String otherWorkspace) {
    return new RowOutcome(
        row,
        line,
        accountId,
        status,
        changedFields,
        httpStatus,
        attempts,
        message,
        finishedAt,
        otherWorkspace);
  }
}
