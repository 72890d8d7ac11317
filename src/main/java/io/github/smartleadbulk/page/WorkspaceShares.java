package io.github.smartleadbulk.page;

import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.history.WorkspaceShare;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.RunSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The workspaces of a run, one by one. */
record WorkspaceShares(List<WorkspaceShare> shares) {

  /**
   * The workspaces by which rows are told apart.
   *
   * @return empty if there is only one
   */
  static List<String> toTell(RunRecord run) {
    List<RunSpec.Workspace> workspaces = run.spec().workspaces();
    return workspaces.size() == 1
        ? List.of()
        : workspaces.stream()
            .map(RunSpec.Workspace::name)
            .sorted(String.CASE_INSENSITIVE_ORDER)
            .toList();
  }

  /** A line of the table. */
  record Line(
      String workspace,
      String rows,
      String calls,
      String rateLimited,
      String waited,
      String stopped) {

    static Line of(WorkspaceShare share) {
      List<String> rows = new ArrayList<>();
      for (RowStatus status : RowStatus.values()) {
        long count = share.rowsByStatus().getOrDefault(status, 0L);
        if (count > 0) {
          rows.add(Figures.number(count) + " " + status);
        }
      }
      String why = share.totals().stopped();
      return new Line(
          share.workspace(),
          String.join(", ", rows),
          Figures.number(share.totals().calls()),
          Figures.number(share.totals().rateLimited()),
          WaitCause.of(share.totals().waitedByCause()).stream()
              .map(cause -> cause.time() + " " + cause.cause())
              .collect(Collectors.joining(", ")),
          why == null ? "" : why);
    }
  }

  public boolean isEmpty() {
    return shares.size() < 2;
  }

  public Iterable<Line> lines() {
    return () -> shares.stream().map(Line::of).iterator();
  }
}
