package io.github.smartleadbulk.run;

import java.util.Locale;

/**
 * An earlier run with which accounts are compared before rows are applied.
 *
 * @param run its number
 */
public record ComparedRun(Kind kind, int run) {

  /** What the earlier run has to do with this one. */
  public enum Kind {
    /** It planned these rows: accounts have to be as they were then. */
    PLAN,
    /** It is rolled back: accounts have to be as it left them. */
    ROLLBACK
  }

  static ComparedRun parse(String text) {
    int blank = text.indexOf(' ');
    return new ComparedRun(
        Kind.valueOf(text.substring(0, blank).toUpperCase(Locale.ROOT)),
        Integer.parseInt(text.substring(blank + 1)));
  }

  @Override
  public String toString() {
    return kind.name().toLowerCase(Locale.ROOT) + " " + run;
  }
}
