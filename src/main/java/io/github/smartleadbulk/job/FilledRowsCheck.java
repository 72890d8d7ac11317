package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.input.RowVerdict;

/**
 * Says what is wrong with rows whose texts are made of what their accounts are like, so that {@link
 * InputInspection} could not say it. To be told every row, before the first one is sent.
 */
final class FilledRowsCheck {

  private static final int TOLD = 20;

  private final RunContext context;
  private final SignatureCheck signatures;
  private long invalid;

  FilledRowsCheck(RunContext context) {
    this.context = context;
    this.signatures = new SignatureCheck(context.listener()::warning);
  }

  /**
   * @param row as it was planned from
   */
  void add(InputRow row, PlannedRow planned) {
    if (planned instanceof PlannedRow.ToSend toSend) {
      signatures.add(row, toSend);
    } else if (planned instanceof PlannedRow.Ended ended
        && ended.outcome().status() == RowStatus.INVALID
        && !(row.verdict() instanceof RowVerdict.Invalid)) {
      tell(ended.outcome());
    }
  }

  private void tell(RowOutcome outcome) {
    invalid++;
    if (invalid <= TOLD) {
      context.listener().warning("line " + outcome.line() + ": " + outcome.message());
    }
  }

  /**
   * To be called behind the last row.
   *
   * @throws RunRefusedException if something is wrong and nothing is to be sent then
   */
  void end() {
    if (invalid > TOLD) {
      context.listener().warning((invalid - TOLD) + " more such rows");
    }
    signatures.end();
    context.refuseIfStrict(invalid, "are invalid");
    signatures.refuseIfStrict(context);
  }
}
