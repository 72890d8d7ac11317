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

/** From what the API said to what became of the row. */
final class RowOutcomes {

  private RowOutcomes() {}

  /** What an answer means for the row; empty where its fate is not known yet: it stays open. */
  static Optional<RowOutcome> of(PlannedRow.ToSend planned, Answer answer, Instant now) {
    if (answer instanceof Answer.Accepted accepted) {
      // A row of which a part was left out has not done what it asks.
      RowStatus status = planned.conflicts().isEmpty() ? RowStatus.UPDATED : RowStatus.FAILED;
      return Optional.of(
          sent(
              planned,
              status,
              fields(planned),
              accepted.httpStatus(),
              accepted.attempts(),
              "",
              now));
    }
    if (answer instanceof Answer.Failed failed) {
      return Optional.of(
          sent(
              planned,
              RowStatus.FAILED,
              List.of(),
              failed.httpStatus(),
              failed.attempts(),
              failed.message(),
              now));
    }
    if (answer instanceof Answer.Uncertain uncertain) {
      return Optional.of(
          sent(
              planned,
              RowStatus.UNCERTAIN,
              fields(planned),
              uncertain.httpStatus(),
              uncertain.attempts(),
              uncertain.message(),
              now));
    }
    return Optional.empty();
  }

  /** What the row has changed with this answer, or may have; null for nothing. */
  static @Nullable Changes changes(PlannedRow.ToSend planned, Answer answer) {
    return answer instanceof Answer.Failed failed && !failed.perhapsApplied()
        ? null
        : planned.changes();
  }

  private static List<String> fields(PlannedRow.ToSend planned) {
    return planned.update().valuesByField().keySet().stream().map(AccountField::apiName).toList();
  }

  private static RowOutcome sent(
      PlannedRow.ToSend planned,
      RowStatus status,
      List<String> changedFields,
      @Nullable Integer httpStatus,
      int attempts,
      String reason,
      Instant now) {
    String message =
        Stream.concat(Stream.of(reason), planned.conflicts().stream())
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining("; "));
    // To what the journal keeps, so that a line is the same whether it comes from there or not.
    Instant finishedAt = now.truncatedTo(ChronoUnit.MILLIS);
    return of(planned.row(), status, changedFields, httpStatus, attempts, message, finishedAt);
  }

  static RowOutcome notSent(InputRow row, RowStatus status, String message) {
    return of(row, status, List.of(), null, 0, message, null);
  }

  /** The outcome of a row that was joined to another one and went out with it. */
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
        leader.finishedAt());
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
        finishedAt);
  }
}
