package io.github.smartleadbulk.cli.output;

import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.run.RunListener;
import io.github.smartleadbulk.run.RunResult;
import java.util.EnumSet;
import java.util.Set;

/** The report of a run on standard output. */
public interface RunReport extends RunListener {

  /** Does not show invalid rows, which were reported at the start. */
  Set<RowStatus> TOLD_AT_THE_END = EnumSet.of(RowStatus.FAILED, RowStatus.UNCERTAIN);

  void end(RunResult result);
}
