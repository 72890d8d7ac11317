package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.RowProblem;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.guard.TextCheck;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.input.RowMessages;
import io.github.smartleadbulk.input.RowVerdict;
import io.github.smartleadbulk.run.RunRefusedException;
import java.util.List;

/**
 * Reports problems of rows whose texts use values of their accounts, which {@link InputInspection}
 * cannot check. Add every row before the first row is sent.
 */
final class FilledRowsCheck {

  private final RunContext context;
  private final RowMessages messages;
  private final TextCheck texts;
  private long invalid;

  FilledRowsCheck(RunContext context) {
    this.context = context;
    this.messages = context.rowMessages();
    this.texts = new TextCheck(context.rowMessages());
  }

  /**
   * @param row the row before it was planned
   */
  void add(InputRow row, PlannedRow planned) {
    if (planned instanceof PlannedRow.ToSend toSend) {
      texts.addSent(row, toSend.changes().after());
    } else if (planned instanceof PlannedRow.Ended ended
        && ended.outcome().status() == RowStatus.INVALID
        && !(row.verdict() instanceof RowVerdict.Invalid)) {
      invalid++;
      String message = ended.outcome().message();
      messages.add(row.row().line(), row.account(), List.of(new RowProblem("", "", "", message)));
    }
  }

  /**
   * Call after the last row.
   *
   * @throws RunRefusedException if there are problems and {@code --strict} is set
   */
  void end() {
    messages.end();
    texts.end();
    context.refuseIfStrict(invalid, "is invalid", "are invalid");
    context.refuseIfStrict(texts);
  }
}
