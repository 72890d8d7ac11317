package io.github.smartleadbulk.run;

import io.github.smartleadbulk.state.RunSpec;

/**
 * How the user called the program, for commands that messages offer.
 *
 * @param program as the user's shell finds it
 * @param options that every command of this user needs, such as {@code --state-dir}, each after a
 *     space; empty for none
 */
public record Invocation(String program, String options) {

  /** A command to paste, such as {@code ./run.sh resume 2 --state-dir var2}. */
  public String of(String command) {
    return program + " " + command + options;
  }

  /**
   * For commands that take up rows of an earlier run. If its rows are for several workspaces, the
   * option that names one would leave out the others.
   */
  public Invocation forRowsOf(RunSpec run) {
    return run.workspaces().size() == 1
        ? this
        : new Invocation(program, options.replaceFirst(" --workspace \\S+", ""));
  }

  /** A word as a POSIX shell reads it. */
  public static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:,%@+=-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
