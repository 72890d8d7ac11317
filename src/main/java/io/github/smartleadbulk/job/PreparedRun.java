package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.input.InputFile;
import io.github.smartleadbulk.state.RowCounts;
import io.github.smartleadbulk.state.RunRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A run that may start.
 *
 * @param input the copy in the run's folder
 * @param options as kept with the run
 * @param resumed whether an earlier process has worked on it
 * @param alreadyEnded how many rows ended how in those earlier processes
 * @param sentSince numbers of runs that were begun after it and have changed accounts
 */
public record PreparedRun(
    RunRecord run,
    RunFiles files,
    InputFile input,
    RunOptions options,
    boolean resumed,
    Map<RowStatus, Long> alreadyEnded,
    List<Integer> sentSince) {

  public int id() {
    return run.id();
  }

  /** What the run really reads. */
  public Path inputCopy() {
    return files.input();
  }

  /** How many rows ended in earlier processes. */
  public long rowsEnded() {
    return RowCounts.sum(alreadyEnded);
  }
}
