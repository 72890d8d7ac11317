package io.github.smartleadbulk.cli.output;

import io.github.smartleadbulk.account.Amount;
import io.github.smartleadbulk.account.WorkspaceNames;
import io.github.smartleadbulk.cli.option.Durations;
import io.github.smartleadbulk.history.RecordedRuns;
import io.github.smartleadbulk.state.RunRecord;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs as a table, for people: a line for each. */
public final class RunTable {

  private static final List<String> HEADER =
      List.of("RUN", "STARTED", "COMMAND", "STATUS", "EXIT", "TIME", "ROWS", "INPUT, TARGET");

  private RunTable() {}

  /** The column of workspaces is only in tables with a run for another one than default. */
  public static void print(PrintStream out, RecordedRuns history, List<RunRecord> runs) {
    boolean namesWorkspaces = runs.stream().anyMatch(run -> run.spec().namesWorkspaces());
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEADER);
    for (RunRecord run : runs) {
      lines.add(
          List.of(
              Integer.toString(run.id()),
              ZonedTimes.toTheMinute(run.startedAt()),
              RecordedRuns.title(run),
              history.status(run),
              run.exitCode() == null ? "" : run.exitCode().toString(),
              run.duration() == null ? "" : Durations.shown(run.duration()),
              rows(history, run),
              run.spec().inputName() + ", " + run.spec().target()));
    }
    if (namesWorkspaces) {
      lines.set(0, with(lines.get(0), "WORKSPACE"));
      for (int i = 0; i < runs.size(); i++) {
        String shown = runs.get(i).spec().workspacesShown();
        lines.set(i + 1, with(lines.get(i + 1), shown.isEmpty() ? WorkspaceNames.DEFAULT : shown));
      }
    }
    TextTable.print(out, lines, 0);
  }

  /** A line with a cell before the last one, which is long. */
  private static List<String> with(List<String> line, String cell) {
    List<String> cells = new ArrayList<>(line);
    cells.add(line.size() - 1, cell);
    return cells;
  }

  /** Such as {@code 2,990 updated, 10 failed}; all rows of a run without outcomes. */
  public static String rows(RecordedRuns history, RunRecord run) {
    // A plan has no open rows.
    long open = history.rowsOpen(run);
    String counts =
        Stream.of(Amount.each(history.rows(run)), open > 0 ? Amount.of(open) + " open" : "")
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(", "));
    return counts.isEmpty() && run.rows() != null ? Amount.of(run.rows(), "row") : counts;
  }
}
