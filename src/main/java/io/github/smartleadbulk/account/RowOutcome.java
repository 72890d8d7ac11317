package io.github.smartleadbulk.account;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a row: the journal's entry and the line in {@code results.csv}.
 *
 * @param row counts records from 1
 * @param line the physical line where the record starts
 * @param accountId null where the row has no usable id
 * @param changedFields API names of the fields that were sent; empty unless the status is {@code
 *     updated} or {@code uncertain}
 * @param httpStatus of the last answer; null where there was none
 * @param attempts calls made for this row; one that was only told to wait (429) does not count
 * @param message for people; empty where there is nothing to say
 * @param finishedAt null where no call was made
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
    @Nullable Instant finishedAt) {}
