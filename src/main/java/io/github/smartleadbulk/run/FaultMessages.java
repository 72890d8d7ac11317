package io.github.smartleadbulk.run;

import io.github.smartleadbulk.state.DiskFailure;
import io.github.smartleadbulk.state.StateException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import java.util.Optional;

/** Describes faults of the program and of the system under it. */
public final class FaultMessages {

  private FaultMessages() {}

  /** Finds the Error behind a failure, however it is wrapped: memory, threads, a missing class. */
  public static Optional<Throwable> findError(Throwable failure) {
    boolean isOfMemory = false;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Error) {
        return Optional.of(cause);
      }
      // If the error happened on one of H2's own threads, H2 reports only its text.
      isOfMemory |= String.valueOf(cause.getMessage()).contains("OutOfMemoryError");
    }
    return isOfMemory
        ? Optional.of(new OutOfMemoryError("the database has none left"))
        : Optional.empty();
  }

  /** The message for a fault, with the remedy if there is one. */
  public static String words(Throwable fault) {
    return words(fault.toString());
  }

  /** The message for a fault of which only the text is known. */
  public static String words(String fault) {
    String words = "a fault of the program: " + fault;
    if (!fault.contains("OutOfMemoryError")) {
      return words;
    }
    return fault.contains("native thread")
        ? words
            + ". The system allows no more threads: raise 'ulimit -u' or the limit of the container"
        : words + ". Give the program more memory, such as JAVA_OPTS=-Xmx256m";
  }

  /**
   * A full disk or a lost database is a fault of the disk. A missing file is a mistake of the user.
   */
  public static boolean isOfTheDisk(Throwable e) {
    if (e instanceof UncheckedIOException unchecked) {
      return isOfTheDisk(Objects.requireNonNull(unchecked.getCause()));
    }
    if (e instanceof IOException failure) {
      return DiskFailure.isOfTheDisk(failure);
    }
    return e instanceof StateException state
        ? state.reason() == StateException.Reason.DISK
        : DiskFailure.find(e).isPresent();
  }

  /** The message for the user. */
  public static String of(Throwable e) {
    Optional<Throwable> error = findError(e);
    if (error.isPresent()) {
      return words(error.get());
    }
    Optional<String> ofTheDisk = isOfTheDisk(e) ? DiskFailure.find(e) : Optional.empty();
    if (ofTheDisk.isPresent()) {
      return ofTheDisk.get();
    }
    if (e instanceof UncheckedIOException && e.getCause() != null) {
      return of(e.getCause());
    }
    if (e instanceof NoSuchFileException) {
      return e.getMessage() + ": no such file";
    }
    if (e instanceof AccessDeniedException) {
      return e.getMessage() + ": access denied";
    }
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
