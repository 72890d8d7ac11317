package io.github.smartleadbulk.cli.doctor;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The result of a check. It never holds a secret.
 *
 * @param check what was checked, such as {@code disk}
 * @param message what was found
 * @param remedy what to do about it; null for nothing
 */
public record Finding(String check, Level level, String message, @Nullable String remedy) {

  /** How bad it is, from the best to the worst. */
  public enum Level {
    OK,
    /** Commands work, but not as well or as safely as they could. */
    WARNING,
    /** Commands do not work. */
    FAULT;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static Finding ok(String check, String message) {
    return new Finding(check, Level.OK, message, null);
  }

  public static Finding warning(String check, String message, String remedy) {
    return new Finding(check, Level.WARNING, message, remedy);
  }

  public static Finding fault(String check, String message, String remedy) {
    return new Finding(check, Level.FAULT, message, remedy);
  }
}
