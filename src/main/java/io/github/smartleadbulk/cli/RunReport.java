package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.job.ExitCode;
import io.github.smartleadbulk.job.PreparedRun;
import io.github.smartleadbulk.job.RunListener;
import io.github.smartleadbulk.job.RunResult;
import io.github.smartleadbulk.state.StateStore;
import java.io.PrintStream;
import java.util.EnumSet;
import java.util.Set;

/** What a run says on standard output. */
interface RunReport extends RunListener {

  /** Invalid rows were told at the start. */
  Set<RowStatus> TOLD_AT_THE_END = EnumSet.of(RowStatus.FAILED, RowStatus.UNCERTAIN);

  void end(RunResult result);

  static RunReport of(PreparedRun run, RunCommand command, boolean json, StateStore store) {
    PrintStream out = command.surroundings.text();
    if (run.run().spec().isPlan()) {
      return json ? new PlanJson(out) : new PlanText(out, command.quiet, command.optionsToRepeat());
    }
    return result -> {
      if (json) {
        out.println(result.summary().toJson());
      } else if (!command.quiet || result.exitCode() != ExitCode.OK) {
        out.print(
            FinalReport.of(result.summary(), store, TOLD_AT_THE_END, command.fileOfLines(run)));
        out.flush();
      }
    };
  }
}
