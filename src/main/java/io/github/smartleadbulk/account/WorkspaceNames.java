package io.github.smartleadbulk.account;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The workspaces that a command can use. A workspace is a named API key with its settings.
 *
 * @param usual the workspace of rows that name none
 * @param known the names of all workspaces, in alphabetical order, including the usual one
 */
public record WorkspaceNames(String usual, List<String> known) {

  /** The workspace whose settings have no name before them. */
  public static final String DEFAULT = "default";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,39}");

  public WorkspaceNames {
    TreeSet<String> names = new TreeSet<>(known);
    names.add(usual);
    known = List.copyOf(names);
  }

  /** The names where no workspace is set up. */
  public static WorkspaceNames none() {
    return new WorkspaceNames(DEFAULT, List.of());
  }

  public static WorkspaceNames of(String usual, Collection<String> known) {
    return new WorkspaceNames(usual, List.copyOf(known));
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
    return known.stream().filter(name -> name.equalsIgnoreCase(text)).findFirst();
  }
}
