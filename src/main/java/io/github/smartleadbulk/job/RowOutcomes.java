package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.AccountRow;
import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.api.Answer;
import io.github.smartleadbulk.input.InputRow;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns an answer of the API into the outcome of a row. */
final class RowOutcomes {

  private RowOutcomes() {}

  /** The outcome of a row; empty if it is not known yet, so that the row stays open. */
  static Optional<RowOutcome> of(PlannedRow.ToSend planned, Answer answer, Instant now) {
    List<String> fields =
        planned.update().valuesByField().keySet().stream().map(AccountField::apiName).toList();
    if (answer instanceof Answer.Accepted accepted) {
      // A row with settings left out has not done what it asks for.
      RowStatus status = planned.conflicts().isEmpty() ? RowStatus.UPDATED : RowStatus.FAILED;
      return sent(planned, status, fields, accepted.httpStatus(), accepted.attempts(), "", now);
    }
    if (answer instanceof Answer.Failed no) {
      RowStatus status = RowStatus.FAILED;
      return sent(planned, status, List.of(), no.httpStatus(), no.attempts(), no.message(), now);
    }
    if (answer instanceof Answer.Uncertain may) {
      RowStatus status = RowStatus.UNCERTAIN;
      return sent(planned, status, fields, may.httpStatus(), may.attempts(), may.message(), now);
    }
    return Optional.empty();
  }

  /** What the row has changed or may have changed; null for nothing. */
  static @Nullable Changes changes(PlannedRow.ToSend planned, Answer answer) {
    return answer instanceof Answer.Failed failed && !failed.perhapsApplied()
        ? null
        : planned.changes();
  }

  private static Optional<RowOutcome> sent(
      PlannedRow.ToSend planned,
      RowStatus status,
      List<String> changedFields,
      @Nullable Integer httpStatus,
      int attempts,
      String reason,
      Instant now) {
    String message =
        Stream.of(List.of(reason), planned.conflicts(), planned.kept())
            .flatMap(List::stream)
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining("; "));
    // The journal stores milliseconds. A line must be the same whether it comes from the journal or
    // not.
    Instant finishedAt = now.truncatedTo(ChronoUnit.MILLIS);
    return Optional.of(
        of(planned.row(), status, changedFields, httpStatus, attempts, message, finishedAt));
  }

  static RowOutcome notSent(InputRow row, RowStatus status, String message) {
    return of(row, status, List.of(), null, 0, message, null);
  }

  /** The outcome of a row that was joined to another row and sent with it. */
  static RowOutcome joined(AccountRow row, RowOutcome leader) {
    String message = "joined with line " + leader.line();
    return new RowOutcome(
        row.number(),
        row.line(),
        leader.accountId(),
        leader.status(),
        leader.changedFields(),
        leader.httpStatus(),
        leader.attempts(),
        leader.message().isEmpty() ? message : message + ": " + leader.message(),
        leader.finishedAt(),
        leader.workspace());
  }

  private static RowOutcome of(
      InputRow row,
      RowStatus status,
      List<String> changedFields,
      @Nullable Integer httpStatus,
      int attempts,
      String message,
      @Nullable Instant finishedAt) {
    return new RowOutcome(
        row.row().number(),
        row.row().line(),
        row.accountId(),
        status,
        changedFields,
        httpStatus,
        attempts,
        message,
        finishedAt,
        row.workspace());
  }
}
