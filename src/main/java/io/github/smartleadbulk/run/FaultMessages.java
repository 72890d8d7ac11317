package io.github.smartleadbulk.run;

import io.github.smartleadbulk.store.DiskFailure;
import io.github.smartleadbulk.store.StateException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** Describes faults of the program and of the system under it. */
public final class FaultMessages {

  /** The name of an exception's type, which means nothing to a user. */
  private static final Pattern TYPE = Pattern.compile("^(?:[a-z]\\w*\\.)+[A-Z][\\w$]*(?:: |$)");

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
    if (!fault.contains("OutOfMemoryError")) {
      String words = TYPE.matcher(fault).replaceFirst("");
      return "a fault of the program" + (words.isBlank() ? "" : ": " + words);
    }
    return fault.contains("native thread")
        ? "the system allows no more threads. Raise 'ulimit -u' or the limit of the container"
        : "the memory is used up. Give the program more, such as JAVA_OPTS=-Xmx256m";
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
    if (e instanceof FileAlreadyExistsException || e instanceof NotDirectoryException) {
      return e.getMessage() + ": is a file, expected a folder";
    }
    if (e instanceof CharacterCodingException) {
      return "the file is not UTF-8";
    }
    if (e instanceof FileSystemException failure && failure.getReason() == null) {
      return failure.getFile() + ": cannot be used";
    }
    return e.getMessage() == null ? words(e) : e.getMessage();
  }
}
