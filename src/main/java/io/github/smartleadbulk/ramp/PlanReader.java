package io.github.smartleadbulk.ramp;

import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.account.TableRow;
import io.github.smartleadbulk.account.WorkspaceCells;
import io.github.smartleadbulk.account.WorkspaceNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Builds a ramp plan from the rows of a file. */
public final class PlanReader {

  /** The columns of a ramp plan besides those for the account, which every table has. */
  public static final List<String> COLUMNS = PlanColumns.NAMES;

  private final List<String> lacking;
  private final Map<String, Curve> curvesByName;
  private final long ceiling;
  private final WorkspaceCells workspaces;
  private final AccountLines accounts = new AccountLines();
  private final List<ParsedRow> rows = new ArrayList<>();
  private final Map<String, Long> rowsByUnknownCurve = new LinkedHashMap<>();

  /**
   * @param columns the columns of the file, by their own names
   * @param ceiling the highest limit that a row may reach
   * @param workspaces the workspaces that rows can name
   */
  public PlanReader(
      Collection<String> columns,
      Map<String, Curve> curvesByName,
      long ceiling,
      WorkspaceNames workspaces) {
    this.lacking = PlanColumns.lacking(Set.copyOf(columns));
    this.curvesByName = Map.copyOf(curvesByName);
    this.ceiling = ceiling;
    this.workspaces = new WorkspaceCells(workspaces);
  }

  /** Adds the next row. Ignores an empty row, such as spreadsheets leave at the end. */
  public void add(TableRow row) {
    // If a column is missing, every row would report it again.
    if (!lacking.isEmpty() || !RampRowParser.saysAnything(row)) {
      return;
    }
    ParsedRow parsed = new RampRowParser(row, curvesByName, ceiling, workspaces).parse();
    rows.add(parsed);
    accounts.add(parsed);
    if (parsed.unknownCurve() != null) {
      rowsByUnknownCurve.merge(parsed.unknownCurve(), 1L, Long::sum);
    }
  }

  private static String account(ParsedRow row) {
    if (row.accountId() != null) {
      return ", account " + row.accountId();
    }
    return row.fromEmail() == null ? "" : ", account " + row.fromEmail();
  }

  /** The result. Call after the last row. */
  public PlanReading result() {
    List<String> problems = new ArrayList<>();
    lacking.forEach(problem -> problems.add("header: " + problem));
    List<RampRow> good = new ArrayList<>();
    Set<String> toldCurves = new HashSet<>();
    for (ParsedRow row : rows) {
      String curve = row.unknownCurve();
      if (curve != null && toldCurves.add(curve)) {
        problems.add(unknown(curve, row));
      }
      List<String> ofRow = new ArrayList<>(row.problems());
      ofRow.addAll(accounts.problems(row));
      if (ofRow.isEmpty() && curve == null) {
        good.add(row.rampRow());
      } else if (!ofRow.isEmpty()) {
        problems.add("line " + row.line() + account(row) + ": " + String.join("; ", ofRow));
      }
    }
    return problems.isEmpty()
        ? new PlanReading.Good(new RampPlan(good))
        : new PlanReading.Refused(problems, List.copyOf(rowsByUnknownCurve.keySet()));
  }

  /** A missing curve is one problem, however many rows name it. */
  private String unknown(String curve, ParsedRow first) {
    long more = rowsByUnknownCurve.getOrDefault(curve, 1L) - 1;
    String others = more == 0 ? "" : " and " + more + (more == 1 ? " more row" : " more rows");
    return "line %d%s%s: curve: found %s, expected a defined curve%s"
        .formatted(
            first.line(),
            account(first),
            others,
            Cells.shown(curve),
            curvesByName.isEmpty()
                ? ", but none is defined"
                : ": " + String.join(", ", new TreeSet<>(curvesByName.keySet())));
  }
}
