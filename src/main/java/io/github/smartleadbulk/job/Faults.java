package io.github.smartleadbulk.job;

import java.util.Optional;

/** Faults of the program, or of what it runs on, in words. */
public final class Faults {

  private Faults() {}

  /** The Error behind a failure, however it was wrapped: memory, threads, a missing class. */
  public static Optional<Throwable> findError(Throwable failure) {
    boolean isOfMemory = false;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Error) {
        return Optional.of(cause);
      }
      // H2 has it in words alone, where it happened on a thread of its own.
      isOfMemory |= String.valueOf(cause.getMessage()).contains("OutOfMemoryError");
    }
    return isOfMemory
        ? Optional.of(new OutOfMemoryError("the database has none left"))
        : Optional.empty();
  }

  /** What to tell, and what to do where that is known. */
  public static String words(Throwable fault) {
    return words(fault.toString());
  }

  /**
   * @param fault an exception's own words
   */
  static String words(String fault) {
    String words = "a fault of the program: " + fault;
    if (!fault.contains("OutOfMemoryError")) {
      return words;
    }
    return fault.contains("native thread")
        ? words
            + ". The system allows no more threads: raise 'ulimit -u' or the limit of the container"
        : words + ". Give the program more memory, such as JAVA_OPTS=-Xmx256m";
  }
}
