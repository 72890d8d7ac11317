package io.github.smartleadbulk.input;

import io.github.smartleadbulk.account.Amount;
import io.github.smartleadbulk.account.RowProblem;
import io.github.smartleadbulk.csv.LineNumbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Reports the problems of rows. It reports each kind of problem once, with the number of rows and
 * the first lines. A problem of a single row is reported with the row.
 */
public final class RowMessages {

  /** How many kinds to report. Nobody reads more. */
  private static final int TOLD = 20;

  /** How many kinds to distinguish, so that a million rows do not fill the memory. */
  private static final int KINDS = 1_000;

  /** How many values to show for a kind. */
  private static final int VALUES = 3;

  private final Consumer<String> out;
  private final boolean each;
  private final String file;
  private final Map<List<String>, Kind> kindsByKey = new LinkedHashMap<>();
  private long others;

  /**
   * @param each whether to report every row, immediately
   * @param file the file of the lines, if it is not obvious; otherwise empty
   */
  public RowMessages(Consumer<String> out, boolean each, String file) {
    this.out = out;
    this.each = each;
    this.file = file.isEmpty() ? "" : " of " + file;
  }

  /** Adds an invalid row. */
  public void add(InputRow row) {
    if (row.verdict() instanceof RowVerdict.Invalid invalid) {
      add(row.row().line(), row.account(), invalid.problems());
    }
  }

  /**
   * Adds the problems of a row.
   *
   * @param account the id or address of its account; empty if not known
   */
  public void add(long line, String account, List<RowProblem> problems) {
    if (each) {
      StringBuilder all = new StringBuilder();
      problems.forEach(problem -> all.append(all.isEmpty() ? "" : "; ").append(problem));
      out.accept(place(line, account) + all);
      return;
    }
    for (RowProblem problem : problems) {
      List<String> key = List.of(problem.column(), problem.kind());
      Kind kind = kindsByKey.get(key);
      if (kind == null && kindsByKey.size() >= KINDS) {
        others++;
        continue;
      }
      if (kind == null) {
        kind = new Kind(problem);
        kindsByKey.put(key, kind);
      }
      kind.add(line, account, problem);
    }
  }

  /** Call after the last row. */
  public void end() {
    List<String> messages = messages();
    messages.stream().limit(TOLD).forEach(out);
    long more = messages.size() - TOLD + others;
    if (messages.size() > TOLD || others > 0) {
      out.accept(
          (more == 1 ? "1 more problem" : more + " more problems")
              + "; to see all problems, add -v");
    }
    kindsByKey.clear();
    others = 0;
  }

  private List<String> messages() {
    Map<Long, StringBuilder> messagesByLine = new TreeMap<>();
    List<String> messages = new ArrayList<>();
    for (Kind kind : kindsByKey.values()) {
      if (kind.rows > 1) {
        messages.add(kind.message());
        continue;
      }
      StringBuilder message = messagesByLine.get(kind.lines.get(0));
      if (message == null) {
        message = new StringBuilder(place(kind.lines.get(0), kind.account)).append(kind.first);
        messagesByLine.put(kind.lines.get(0), message);
      } else {
        message.append("; ").append(kind.first);
      }
    }
    messagesByLine.values().forEach(message -> messages.add(message.toString()));
    return messages;
  }

  private String place(long line, String account) {
    return "line " + line + file + (account.isEmpty() ? "" : ", account " + account) + ": ";
  }

  /** Problems that differ only in their rows and in what was found there. */
  private final class Kind {

    private final RowProblem first;
    private final Set<String> found = new LinkedHashSet<>();
    private final List<Long> lines = new ArrayList<>();
    private String account = "";
    private long rows;

    Kind(RowProblem first) {
      this.first = first;
    }

    void add(long line, String itsAccount, RowProblem problem) {
      rows++;
      if (rows == 1) {
        account = itsAccount;
      }
      if (lines.size() < LineNumbers.NEEDED) {
        lines.add(line);
      }
      if (found.size() <= VALUES) {
        found.add(problem.found());
      }
    }

    String message() {
      return first.ofMany(List.copyOf(found), VALUES)
          + ": "
          + Amount.of(rows, "row")
          + ", "
          + LineNumbers.listed(lines, rows)
          + file;
    }
  }
}
