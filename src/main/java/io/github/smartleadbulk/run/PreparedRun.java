package io.github.smartleadbulk.run;

import io.github.smartleadbulk.input.InputFile;
import io.github.smartleadbulk.state.JournalledRun;
import io.github.smartleadbulk.state.RowCounts;
import io.github.smartleadbulk.state.RunRecord;
import java.nio.file.Path;
import java.util.List;

/**
 * A run that may start.
 *
 * @param input the copy in the run's folder
 * @param options the options that are kept with the run
 * @param resumed whether an earlier process has worked on it
 * @param journalled what those earlier processes have left on record
 * @param sentSince numbers of runs that were begun after it and have changed accounts
 */
public record PreparedRun(
    RunRecord run,
    RunFiles files,
    InputFile input,
    RunOptions options,
    boolean resumed,
    JournalledRun journalled,
    List<Integer> sentSince) {

  public int id() {
    return run.id();
  }

  /** What guards the run, for this and all other processes that work on it. */
  public StoredGuards guards() {
    return StoredGuards.among(run.spec().options());
  }

  /** What the run really reads. */
  public Path inputCopy() {
    return files.input();
  }

  /** How many rows ended in earlier processes. */
  public long rowsEnded() {
    return RowCounts.sum(journalled.rowsByStatus());
  }
}
