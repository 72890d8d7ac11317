package io.github.smartleadbulk.cli.output;

import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.run.RunListener;
import io.github.smartleadbulk.run.RunResult;
import java.util.EnumSet;
import java.util.Set;

/** What a run says on standard output. */
public interface RunReport extends RunListener {

  /** Invalid rows were told at the start. */
  Set<RowStatus> TOLD_AT_THE_END = EnumSet.of(RowStatus.FAILED, RowStatus.UNCERTAIN);

  void end(RunResult result);
}
