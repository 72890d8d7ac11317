package io.github.smartleadbulk.account;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Reads the cells of the column that names workspaces. Thread-safe. */
public final class WorkspaceCells {

  /**
   * How many unknown names are compared with the known ones. Each takes milliseconds if many are
   * known, and a wrong column can have a million.
   */
  private static final int COMPARED = 1_000;

  /** The length of a cell that can be a name with typing errors. */
  private static final int LONGEST = 80;

  private final WorkspaceNames names;
  private final Map<String, String> expectedByCell = new ConcurrentHashMap<>();

  public WorkspaceCells(WorkspaceNames names) {
    this.names = names;
  }

  /** The workspace of rows that name none. */
  public String usual() {
    return names.usual();
  }

  /**
   * The workspace that a cell names.
   *
   * @param cell a cell that is not blank
   * @return null if there is no such workspace; {@link #expected} says which there are
   */
  public @Nullable String parse(String cell) {
    return names.find(Cells.stripped(cell)).orElse(null);
  }

  /** What is expected instead of a cell that names no workspace, to follow "expected". */
  public String expected(String cell) {
    String name = Cells.stripped(cell);
    return expectedByCell.size() < COMPARED && name.length() <= LONGEST
        ? expectedByCell.computeIfAbsent(name, names::expected)
        : expectedByCell.getOrDefault(name, names.expected());
  }
}
