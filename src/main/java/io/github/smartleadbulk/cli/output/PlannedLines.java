package io.github.smartleadbulk.cli.output;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.Amount;
import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.plan.Difference;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The changes of a plan, collected until its totals are printed. In bounded memory. */
sealed interface PlannedLines {

  /**
   * Adds the changes of a row.
   *
   * @param place the line, the account and its workspace, for people
   */
  void add(String place, Changes changes);

  /** Adds a problem of a row. */
  void add(RowStatus status, String problem);

  /** Prints the lines, and an empty line if there are any. */
  void printTo(PrintStream out);

  private static String difference(AccountField field, Changes changes) {
    SettingValue after = Objects.requireNonNull(changes.after().get(field));
    return Difference.line(changes.before().get(field), after);
  }

  /** At most a screen: the same change in several accounts is one line. */
  final class Grouped implements PlannedLines {

    /** How many lines of changes and of problems are printed. */
    private static final int SHOWN = 8;

    /** How many different changes of a field are told apart. The rest is counted. */
    private static final int MOST_GROUPS = 500;

    /** Longer values are told apart by a hash. */
    private static final int LONGEST_KEY = 200;

    private static final class Group {
      private final AccountField field;
      private final String firstRow;
      private final String difference;
      private long accounts;

      Group(AccountField field, String firstRow, String difference) {
        this.field = field;
        this.firstRow = firstRow;
        this.difference = difference;
      }

      @Override
      public String toString() {
        return accounts == 1
            ? "%s: %s %s".formatted(firstRow, field.apiName(), difference)
            : "%s: %s, %s".formatted(field.apiName(), Amount.of(accounts, "account"), difference);
      }
    }

    private final Map<AccountField, Map<String, Group>> groupsByField =
        new EnumMap<>(AccountField.class);
    private final List<Group> groups = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Map<RowStatus, Long> unprintedByStatus = new EnumMap<>(RowStatus.class);
    private long changes;

    @Override
    public void add(String place, Changes ofRow) {
      for (AccountField field : new TreeMap<>(ofRow.after()).keySet()) {
        changes++;
        Map<String, Group> ofField = groupsByField.computeIfAbsent(field, any -> new HashMap<>());
        String key = key(ofRow.before().get(field), ofRow.after().get(field));
        Group group = ofField.get(key);
        if (group == null && ofField.size() < MOST_GROUPS) {
          group = new Group(field, place, difference(field, ofRow));
          ofField.put(key, group);
          groups.add(group);
        }
        if (group != null) {
          group.accounts++;
        }
      }
    }

    private static String key(@Nullable SettingValue before, @Nullable SettingValue after) {
      String values = before + "\0" + after;
      return values.length() <= LONGEST_KEY
          ? values
          : UUID.nameUUIDFromBytes(values.getBytes(StandardCharsets.UTF_16)).toString();
    }

    @Override
    public void add(RowStatus status, String problem) {
      if (problems.size() < SHOWN) {
        problems.add(problem);
      } else {
        unprintedByStatus.merge(status, 1L, Long::sum);
      }
    }

    @Override
    public void printTo(PrintStream out) {
      problems.forEach(line -> out.printf("  %s%n", line));
      unprintedByStatus.forEach(
          (status, rows) ->
              out.printf(
                  "  and %s: -v prints all%n",
                  status == RowStatus.KEPT
                      ? Amount.of(rows, "more row") + " kept"
                      : Amount.of(rows, "more row") + " that cannot be sent"));
      // The sort is stable, so single changes stay in the order of the rows.
      List<Group> shown =
          groups.stream()
              .sorted(Comparator.comparingLong((Group group) -> -group.accounts))
              .limit(SHOWN)
              .toList();
      shown.forEach(group -> out.printf("  %s%n", group));
      long others = changes - shown.stream().mapToLong(group -> group.accounts).sum();
      if (others > 0) {
        out.printf(
            "  and %s: the file below has all, and -v prints all%n",
            Amount.of(others, "more change"));
      }
      if (changes + problems.size() > 0) {
        out.println();
      }
    }
  }

  /** Every change on a line of its own, kept in a temporary file. */
  final class All implements PlannedLines {

    private @Nullable Path file;
    private @Nullable Writer writer;

    @Override
    public void add(String place, Changes changes) {
      for (AccountField field : new TreeMap<>(changes.after()).keySet()) {
        write("%s: %s %s".formatted(place, field.apiName(), difference(field, changes)));
      }
    }

    @Override
    public void add(RowStatus status, String problem) {
      write(problem);
    }

    private void write(String line) {
      try {
        if (writer == null) {
          file = Files.createTempFile("smartlead-plan", ".tmp");
          file.toFile().deleteOnExit();
          // A text that UTF-8 cannot encode gets question marks.
          writer =
              new BufferedWriter(
                  new OutputStreamWriter(Files.newOutputStream(file), StandardCharsets.UTF_8));
        }
        writer.write("  " + line + System.lineSeparator());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void printTo(PrintStream out) {
      if (file == null || writer == null) {
        return;
      }
      try {
        writer.close();
        try (var lines = Files.lines(file)) {
          lines.forEach(out::println);
        }
        Files.delete(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      out.println();
    }
  }
}
