package io.github.smartleadbulk.run;

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

  /** A word as a POSIX shell reads it. */
  public static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:,%@+=-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
