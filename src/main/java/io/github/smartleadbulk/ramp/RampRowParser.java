package io.github.smartleadbulk.ramp;

import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.account.RowProblem;
import io.github.smartleadbulk.account.TableRow;
import io.github.smartleadbulk.account.WorkspaceCells;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the ramp of one row. It reads every cell, to report all problems at once. */
final class RampRowParser {

  private final TableRow row;
  private final Map<String, Curve> curvesByName;
  private final long ceiling;
  private final WorkspaceCells workspaces;
  private final List<String> problems = new ArrayList<>();
  private @Nullable String unknownCurve;

  RampRowParser(
      TableRow row, Map<String, Curve> curvesByName, long ceiling, WorkspaceCells workspaces) {
    this.row = row;
    this.curvesByName = curvesByName;
    this.ceiling = ceiling;
    this.workspaces = workspaces;
  }

  /** Whether the row has a problem or a cell that is not blank. */
  static boolean saysAnything(TableRow row) {
    return !row.problems().isEmpty()
        || row.cellsByColumn().values().stream().anyMatch(cell -> !Cells.isBlank(cell));
  }

  ParsedRow parse() {
    if (!row.problems().isEmpty()) {
      row.problems().forEach(problem -> problems.add(problem.toString()));
      return new ParsedRow(row.number(), row.line(), null, null, null, null, null, problems);
    }
    Long id = take(PlanColumns.ACCOUNT_ID, cell -> whole(cell, "a positive whole number"));
    String address = take(PlanColumns.FROM_EMAIL, RampRowParser::address);
    if (isBlank(PlanColumns.ACCOUNT_ID) && isBlank(PlanColumns.FROM_EMAIL)) {
      problems.add(new RowProblem("", "no account", "an account id or an address").toString());
    }
    String workspace = workspace();
    Course course = isBlank(PlanColumns.CURVE) ? steps() : curve();
    Ramp ramp = ramp(course);
    return new ParsedRow(
        row.number(),
        row.line(),
        id,
        address,
        workspace,
        problems.isEmpty() ? ramp : null,
        unknownCurve,
        problems);
  }

  private @Nullable String workspace() {
    if (row.cellsByColumn().containsKey(PlanColumns.WORKSPACE) && isBlank(PlanColumns.WORKSPACE)) {
      return workspaces.usual();
    }
    return take(PlanColumns.WORKSPACE, this::workspace);
  }

  private String workspace(String cell) {
    String workspace = workspaces.parse(cell);
    if (workspace == null) {
      throw refused(cell, workspaces.expected(cell));
    }
    return workspace;
  }

  private @Nullable Ramp ramp(@Nullable Course course) {
    LocalDate from = need(PlanColumns.FROM, Dates::parse, "the date of the first day");
    LocalDate until = take(PlanColumns.UNTIL, Dates::parse);
    if (from != null && until != null && until.isBefore(from)) {
      problem(PlanColumns.UNTIL, "a date that is not before from, " + from);
    }
    Weekdays weekdays = take(PlanColumns.WEEKDAYS, Weekdays::parse);
    Pauses pauses = take(PlanColumns.PAUSE, Pauses::parse);
    return from == null || course == null
        ? null
        : new Ramp(
            from,
            until,
            weekdays == null ? Weekdays.ALL : weekdays,
            pauses == null ? Pauses.NONE : pauses,
            course);
  }

  private @Nullable Course steps() {
    Long start = need(PlanColumns.START, RampRowParser::limit, "a limit of 1 or more, or a curve");
    Long step = need(PlanColumns.STEP, RampRowParser::step, "a whole number of 1 or more");
    Long every = take(PlanColumns.EVERY, cell -> whole(cell, "a number of days, 1 or more"));
    Long cap = need(PlanColumns.CAP, RampRowParser::limit, "the limit at which the ramp ends");
    checkCeiling(PlanColumns.CAP, cap, "");
    if (start != null && cap != null && cap < start) {
      problem(PlanColumns.CAP, "a limit of " + start + " or more, where the row starts");
    }
    return start == null || step == null || cap == null
        ? null
        : new Steps(start, step, every == null ? 1 : every, cap);
  }

  private @Nullable Course curve() {
    String name = Cells.stripped(cell(PlanColumns.CURVE));
    Curve curve = curvesByName.get(name);
    unknownCurve = curve == null ? name : null;
    for (String column : List.of(PlanColumns.START, PlanColumns.STEP, PlanColumns.EVERY)) {
      if (!isBlank(column)) {
        problem(column, "a blank cell beside a curve");
      }
    }
    Long cap = take(PlanColumns.CAP, RampRowParser::limit);
    checkCeiling(PlanColumns.CAP, cap, "");
    if (curve == null) {
      return null;
    }
    if (cap == null) {
      checkCeiling(PlanColumns.CURVE, curve.end(), "; this curve ends at " + curve.end());
      return curve;
    }
    if (cap < curve.start()) {
      problem(
          PlanColumns.CAP,
          "a limit of " + curve.start() + " or more, where the curve " + curve.name() + " starts");
    }
    return curve.cappedAt(cap);
  }

  /** Checks the highest limit of the ramp now, even if the ramp reaches it only in months. */
  private void checkCeiling(String column, @Nullable Long most, String why) {
    if (most != null && most > ceiling) {
      problem(column, "at most " + ceiling + " a day (more only with --allow-above)" + why);
    }
  }

  private static long limit(String cell) {
    return whole(cell, "a whole number of 1 or more");
  }

  private static long step(String cell) {
    Long zeroToo = Cells.parseWhole(cell, 0);
    return whole(
        cell,
        zeroToo != null && zeroToo == 0
            ? "a whole number of 1 or more; to keep a limit the same, set cap to the value of start"
            : "a whole number of 1 or more");
  }

  private static long whole(String cell, String expected) {
    Long whole = Cells.parseWhole(cell, 1);
    if (whole == null) {
      throw refused(cell, expected + Cells.numberHint(cell));
    }
    return whole;
  }

  private static String address(String cell) {
    String address = Cells.stripped(cell);
    if (!Cells.isMailAddress(address)) {
      throw refused(cell, "the account's email address or nothing");
    }
    return address;
  }

  private static IllegalArgumentException refused(String cell, String expected) {
    return new IllegalArgumentException("found " + Cells.shown(cell) + ", expected " + expected);
  }

  private String cell(String column) {
    return row.cellsByColumn().getOrDefault(column, "");
  }

  private boolean isBlank(String column) {
    return Cells.isBlank(cell(column));
  }

  /** The value of a cell; null if the cell is blank or invalid. An invalid cell adds a problem. */
  private <T> @Nullable T take(String column, Function<String, T> parse) {
    if (isBlank(column)) {
      return null;
    }
    try {
      return parse.apply(cell(column));
    } catch (IllegalArgumentException e) {
      problems.add(column + ": " + e.getMessage());
      return null;
    }
  }

  /**
   * The value of a cell that must not be blank; null if it is blank or invalid, which adds a
   * problem.
   */
  private <T> @Nullable T need(String column, Function<String, T> parse, String expected) {
    if (isBlank(column)) {
      problems.add(new RowProblem(column, "a blank cell", expected).toString());
    }
    return take(column, parse);
  }

  private void problem(String column, String expected) {
    problems.add(new RowProblem(column, Cells.shown(cell(column)), expected).toString());
  }
}
