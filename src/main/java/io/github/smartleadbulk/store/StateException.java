package io.github.smartleadbulk.store;

import io.github.smartleadbulk.file.PrivateFiles;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.h2.api.ErrorCode;
import org.jspecify.annotations.Nullable;

/** The state folder cannot be used. The message says why and what to do. */
public final class StateException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public enum Reason {
    /** Another process holds the folder. */
    IN_USE,
    /** Not readable, not writable, damaged, or written by a newer version. */
    UNUSABLE,
    /** The disk is full or has failed. What is on record is safe, and the run can be resumed. */
    DISK
  }

  private final Reason reason;

  public StateException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public StateException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /**
   * A file could not be read or written. If the cause is a bug in the program, this throws the bug
   * itself.
   */
  public static StateException ofDisk(String what, Throwable cause) {
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

  /** The reason, without the path, which the message already names. */
  public static String words(Throwable cause) {
    if (cause instanceof SQLException database) {
      return ofDatabase(database);
    }
    if (cause instanceof AccessDeniedException) {
      return "access denied";
    }
    if (cause instanceof NoSuchFileException) {
      return cause.getMessage() + " does not exist";
    }
    if (cause instanceof FileAlreadyExistsException || cause instanceof NotDirectoryException) {
      String path = String.valueOf(cause.getMessage());
      return PrivateFiles.inTheWayOf(Path.of(path)).orElse(path + " is a file");
    }
    if (cause instanceof FileSystemException failure && failure.getReason() != null) {
      return failure.getReason();
    }
    return cause.getMessage() == null ? "the reason is not known" : cause.getMessage();
  }

  /** H2's own messages are for programmers. */
  private static String ofDatabase(SQLException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        return words(cause);
      }
    }
    return failure.getErrorCode() == ErrorCode.FILE_CORRUPTED_1
        ? "its file is damaged"
        : "an unexpected error. Add -v to see more";
  }

  public Reason reason() {
    return reason;
  }
}
