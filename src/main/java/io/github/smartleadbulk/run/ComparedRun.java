package io.github.smartleadbulk.run;

import java.util.Locale;

/**
 * An earlier run to compare accounts with before rows are applied.
 *
 * @param run the number of the earlier run
 */
public record ComparedRun(Kind kind, int run) {

  /** How the earlier run relates to this one. */
  public enum Kind {
    /** It planned these rows: accounts must be as they were then. */
    PLAN,
    /** It is rolled back: accounts must be as it left them. */
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
