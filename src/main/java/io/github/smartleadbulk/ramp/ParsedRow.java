package io.github.smartleadbulk.ramp;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row before it is known which rows are for one account.
 *
 * @param accountId null where the row has none that can be relied on
 * @param fromEmail null where the row has none that can be relied on
 * @param ramp null where there are problems
 * @param problems each with its column
 */
record ParsedRow(
    long row,
    long line,
    @Nullable Long accountId,
    @Nullable String fromEmail,
    @Nullable Ramp ramp,
    List<String> problems) {

  /** Only for a row without problems. */
  RampRow rampRow() {
    return new RampRow(row, line, accountId, fromEmail, Objects.requireNonNull(ramp));
  }
}
