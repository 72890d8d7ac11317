package io.github.smartleadbulk.run;

import io.github.smartleadbulk.input.Column;
import io.github.smartleadbulk.input.InputFile;
import io.github.smartleadbulk.result.WorkspaceColumn;
import io.github.smartleadbulk.state.JournalledRun;
import io.github.smartleadbulk.state.RowCounts;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.workspace.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A run that is ready to start.
 *
 * @param input the copy in the run's folder
 * @param options the options stored with the run
 * @param workspaces that rows are for, in the order of the run's spec
 * @param resumed whether an earlier process has worked on it
 * @param journalled what earlier processes of the run have recorded
 * @param sentSince numbers of later runs that have changed accounts
 * @param insteadOf what the command would do instead of beginning a run if this were no dry run, as
 *     a sentence; empty if it would begin one
 */
public record PreparedRun(
    RunRecord run,
    RunFiles files,
    InputFile input,
    RunOptions options,
    List<Workspace> workspaces,
    boolean resumed,
    JournalledRun journalled,
    List<Integer> sentSince,
    Optional<String> insteadOf) {

  public int id() {
    return run.id();
  }

  /** What guards the run, for this and all other processes that work on it. */
  public StoredGuards guards() {
    return StoredGuards.among(run.spec().options());
  }

  /** Whether the files of the run have the column for workspaces. */
  public WorkspaceColumn workspaceColumn() {
    return WorkspaceColumn.of(input.header().has(Column.WORKSPACE));
  }

  /** The file that the run reads. */
  public Path inputCopy() {
    return files.input();
  }

  /** The number of rows that ended in earlier processes. */
  public long rowsEnded() {
    return RowCounts.sum(journalled.rowsByStatus());
  }

  /** Whether no call has to wait for a window. */
  public boolean isUnlimited() {
    return workspaces.stream().allMatch(workspace -> workspace.client().windows().isEmpty());
  }

  /** The longest time that a call to one of the workspaces can take. */
  public Duration timeout() {
    return workspaces.stream()
        .map(workspace -> workspace.client().timeout())
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }
}
