package io.github.smartleadbulk.ramp;

import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.account.RowProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the lines for each account. The case of an address does not matter. */
final class AccountLines {

  private final Map<Named, Lines> linesById = new HashMap<>();
  private final Map<Named, Lines> linesByAddress = new HashMap<>();

  /** An account as a row names it. */
  private record Named(@Nullable String workspace, String idOrAddress) {

    static Named byId(ParsedRow row) {
      return new Named(row.workspace(), String.valueOf(row.accountId()));
    }

    static Named byAddress(ParsedRow row) {
      return new Named(row.workspace(), String.valueOf(row.fromEmail()).toLowerCase(Locale.ROOT));
    }
  }

  /** Two lines are enough: they give every line another one to name. */
  private static final class Lines {

    private final long first;
    private long second;
    private long count;

    Lines(long first) {
      this.first = first;
    }

    void add(long line) {
      count++;
      if (count == 2) {
        second = line;
      }
    }

    String others(long own) {
      long other = own == first ? second : first;
      return "also in line " + other + (count == 2 ? "" : " and " + (count - 2) + " more");
    }
  }

  void add(ParsedRow row) {
    if (row.accountId() != null) {
      linesById.computeIfAbsent(Named.byId(row), account -> new Lines(row.line())).add(row.line());
    }
    if (row.fromEmail() != null) {
      linesByAddress
          .computeIfAbsent(Named.byAddress(row), account -> new Lines(row.line()))
          .add(row.line());
    }
  }

  /** The problems of a row that shares its account with others. */
  List<String> problems(ParsedRow row) {
    List<String> problems = new ArrayList<>();
    Set<String> told = new LinkedHashSet<>();
    if (row.accountId() != null) {
      tell(
          PlanColumns.ACCOUNT_ID,
          "account " + row.accountId() + ofWorkspace(row),
          linesById.get(Named.byId(row)),
          row.line(),
          told,
          problems);
    }
    if (row.fromEmail() != null) {
      tell(
          PlanColumns.FROM_EMAIL,
          Cells.shown(row.fromEmail()) + ofWorkspace(row),
          linesByAddress.get(Named.byAddress(row)),
          row.line(),
          told,
          problems);
    }
    return problems;
  }

  private static void tell(
      String column,
      String account,
      @Nullable Lines lines,
      long own,
      Set<String> told,
      List<String> problems) {
    if (lines == null || lines.count < 2) {
      return;
    }
    String others = lines.others(own);
    // Rows that share both id and address would otherwise report the same lines twice.
    if (told.add(others)) {
      problems.add(
          new RowProblem(column, account + " " + others, "one row for each account").toString());
    }
  }

  private static String ofWorkspace(ParsedRow row) {
    return row.workspace() == null ? "" : " of workspace " + row.workspace();
  }
}
