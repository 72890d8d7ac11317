package io.github.smartleadbulk.ramp;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row before the rows are checked for shared accounts.
 *
 * @param accountId null if the row has no valid id
 * @param fromEmail null if the row has no valid address
 * @param workspace null if the plan has no column for it, or the row names none that exists
 * @param ramp null if there are problems or the curve is unknown
 * @param unknownCurve the name of a curve that is not defined; null if there is none
 * @param problems what is wrong with the row; each names its column
 */
record ParsedRow(
    long row,
    long line,
    @Nullable Long accountId,
    @Nullable String fromEmail,
    @Nullable String workspace,
    @Nullable Ramp ramp,
    @Nullable String unknownCurve,
    List<String> problems) {

  /** Call only for a row without problems and without an unknown curve. */
  RampRow rampRow() {
    return new RampRow(row, line, accountId, fromEmail, workspace, Objects.requireNonNull(ramp));
  }
}
