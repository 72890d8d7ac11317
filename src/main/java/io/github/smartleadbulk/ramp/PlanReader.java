package io.github.smartleadbulk.ramp;

import io.github.smartleadbulk.account.TableRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes the rows of a file one after the other and makes a plan of them. */
public final class PlanReader {

  /** The columns of a plan beside those of the account, which every table has. */
  public static final List<String> COLUMNS = PlanColumns.NAMES;

  private final List<String> lacking;
  private final Map<String, Curve> curvesByName;
  private final long ceiling;
  private final AccountLines accounts = new AccountLines();
  private final List<ParsedRow> rows = new ArrayList<>();

  /**
   * @param columns those that the file has, by their own names
   * @param ceiling the largest limit that a row may come to
   */
  public PlanReader(Collection<String> columns, Map<String, Curve> curvesByName, long ceiling) {
    this.lacking = PlanColumns.lacking(Set.copyOf(columns));
    this.curvesByName = Map.copyOf(curvesByName);
    this.ceiling = ceiling;
  }

  /** The next row. One with nothing in it, as spreadsheets leave at the end, is no row. */
  public void add(TableRow row) {
    // Where a column is missing, every row would say so again.
    if (!lacking.isEmpty() || !RampRowParser.saysAnything(row)) {
      return;
    }
    ParsedRow parsed = new RampRowParser(row, curvesByName, ceiling).parse();
    rows.add(parsed);
    accounts.add(parsed);
  }

  private static String account(ParsedRow row) {
    if (row.accountId() != null) {
      return ", account " + row.accountId();
    }
    return row.fromEmail() == null ? "" : ", account " + row.fromEmail();
  }

  /** After the last row. */
  public PlanReading result() {
    List<String> problems = new ArrayList<>();
    lacking.forEach(problem -> problems.add("header: " + problem));
    List<RampRow> good = new ArrayList<>();
    for (ParsedRow row : rows) {
      List<String> ofRow = new ArrayList<>(row.problems());
      ofRow.addAll(accounts.problems(row));
      if (ofRow.isEmpty()) {
        good.add(row.rampRow());
      } else {
        problems.add("line " + row.line() + account(row) + ": " + String.join("; ", ofRow));
      }
    }
    return problems.isEmpty()
        ? new PlanReading.Good(new RampPlan(good))
        : new PlanReading.Refused(problems);
  }
}
