package io.github.smartleadbulk.account;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The workspaces that a command can use. A workspace is a named API key with its settings.
 *
 * @param usual the workspace of rows that name none
 * @param known the names of all workspaces, in alphabetical order whatever their case, including
 *     the usual one; no two differ only in case
 * @param others whether there are workspaces besides the known ones
 */
public record WorkspaceNames(String usual, List<String> known, Others others) {

  /** Whether there are workspaces besides the known ones. */
  public enum Others {
    NONE,
    /** Every possible name is a workspace, in lower case. The embedded sandbox has them all. */
    ANY
  }

  /** The workspace whose settings have no name before them. */
  public static final String DEFAULT = "default";

  /** How many names a message lists. */
  private static final int LISTED = 5;

  /** What a name must look like, to follow "expected" in a message. */
  public static final String POSSIBLE =
      "at most 40 letters, digits, hyphens and underscores, with a letter or digit first";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,39}");

  public WorkspaceNames {
    TreeSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.add(usual);
    names.addAll(known);
    known = List.copyOf(names);
  }

  /** The names where no workspace is set up. */
  public static WorkspaceNames none() {
    return new WorkspaceNames(DEFAULT, List.of(), Others.NONE);
  }

  public static WorkspaceNames of(String usual, Collection<String> known) {
    return new WorkspaceNames(usual, List.copyOf(known), Others.NONE);
  }

  /** The names where every possible name is a workspace. */
  public static WorkspaceNames any() {
    return new WorkspaceNames(DEFAULT, List.of(), Others.ANY);
  }

  /** The same names with another usual one, which is among them. */
  public WorkspaceNames with(String otherUsual) {
    return new WorkspaceNames(otherUsual, known, others);
  }

  /**
   * Whether a workspace can have this name: letters, digits, hyphens and underscores, at most 40 of
   * them, a letter or digit first.
   */
  public static boolean isPossible(String name) {
    return NAME.matcher(name).matches();
  }

  /** The workspace that a text names, in any case; empty if there is no such workspace. */
  public Optional<String> find(String text) {
    int index = Collections.binarySearch(known, text, String.CASE_INSENSITIVE_ORDER);
    if (index >= 0) {
      return Optional.of(known.get(index));
    }
    return others == Others.ANY && isPossible(text)
        ? Optional.of(lowerCase(text))
        : Optional.empty();
  }

  /**
   * What is expected instead of a text that names no workspace, to follow "expected" in a message.
   * Comparing the text with a thousand names takes milliseconds.
   */
  public String expected(String text) {
    return others == Others.ANY
        ? expected()
        : nearest(text)
            .map(name -> "an existing workspace; the nearest is " + name)
            .orElseGet(this::expected);
  }

  /** What is expected instead of a text that is like no name. */
  public String expected() {
    if (others == Others.ANY) {
      return POSSIBLE;
    }
    int more = known.size() - LISTED;
    return "an existing workspace: "
        + String.join(", ", known.subList(0, Math.min(LISTED, known.size())))
        + (more > 0 ? " or one of " + more + " others" : "");
  }

  private Optional<String> nearest(String text) {
    List<String> names = known.stream().map(WorkspaceNames::lowerCase).toList();
    return ColumnName.nearest(lowerCase(text), names).flatMap(this::find);
  }

  private static String lowerCase(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
