package io.github.smartleadbulk.state;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;

/** The state folder cannot be used; the message says why and what to do. */
public final class StateException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** Another process holds the folder. */
    IN_USE,
    /** Not readable, not writable, damaged, or written by a newer version. */
    UNUSABLE,
    /** The disk is full or fails: what is on record is safe, and a run can go on later. */
    DISK
  }

  private final Reason reason;

  StateException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  StateException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /**
   * A file could not be read or written. A fault of the program remains a fault even if it shows
   * this way.
   */
  static StateException ofDisk(String what, Throwable cause) {
    boolean isUsers =
        cause instanceof AccessDeniedException
            || cause instanceof NoSuchFileException
            || cause instanceof FileAlreadyExistsException
            || cause instanceof NotDirectoryException;
    return new StateException(
        cause instanceof IOException && !isUsers ? Reason.DISK : Reason.UNUSABLE,
        what + ": " + words(cause),
        cause);
  }

  /** Why, without the path, which the message names already. */
  private static String words(Throwable cause) {
    if (cause instanceof AccessDeniedException) {
      return "access denied";
    }
    if (cause instanceof NoSuchFileException) {
      return cause.getMessage() + " does not exist";
    }
    if (cause instanceof FileAlreadyExistsException || cause instanceof NotDirectoryException) {
      return cause.getMessage() + " is a file";
    }
    if (cause instanceof FileSystemException failure && failure.getReason() != null) {
      return failure.getReason();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  public Reason reason() {
    return reason;
  }
}
