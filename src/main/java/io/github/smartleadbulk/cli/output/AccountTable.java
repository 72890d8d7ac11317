package io.github.smartleadbulk.cli.output;

import io.github.smartleadbulk.account.Amount;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.history.AccountEntry;
import io.github.smartleadbulk.history.AccountEntry.FieldChange;
import io.github.smartleadbulk.plan.Difference;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The timeline of an account, for people: a line for each change. */
public final class AccountTable {

  private static final List<String> HEADER =
      List.of("TIME", "RUN", "COMMAND", "FIELD", "OLD → NEW", "RESULT");

  private AccountTable() {}

  public static void print(PrintStream out, List<AccountEntry> entries) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEADER);
    Map<RowStatus, Long> others = new EnumMap<>(RowStatus.class);
    for (AccountEntry entry : entries) {
      if (!entry.hasNews()) {
        others.merge(status(entry), 1L, Long::sum);
      } else if (entry.changes().isEmpty()) {
        lines.add(line(entry, "-", "-"));
      }
      for (FieldChange change : entry.changes()) {
        Difference difference = Difference.of(change.valueBefore(), change.valueAfter());
        lines.add(line(entry, change.field(), difference.before() + " → " + difference.after()));
      }
    }
    if (lines.size() == 1) {
      out.println("No run has changed the account.");
    } else {
      TextTable.print(out, lines, 1);
    }
    if (!others.isEmpty()) {
      long rows = others.values().stream().mapToLong(Long::longValue).sum();
      out.printf(
          Locale.ROOT,
          "%s left the account as it was: %s%n",
          Amount.of(rows, "other row"),
          Amount.each(others));
    }
  }

  private static RowStatus status(AccountEntry entry) {
    return RowStatus.valueOf(entry.status().toUpperCase(Locale.ROOT));
  }

  private static List<String> line(AccountEntry entry, String field, String change) {
    return List.of(
        entry.finishedAt() == null ? "" : ZonedTimes.toTheSecond(entry.finishedAt()),
        Integer.toString(entry.run()),
        entry.command(),
        field,
        change,
        entry.status() + (entry.message().isEmpty() ? "" : ": " + entry.message()));
  }
}
