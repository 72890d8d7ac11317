package io.github.smartleadbulk.state;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.h2.api.ErrorCode;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;

/**
 * Tells a disk that is full or gone from faults of the program. Nothing that was committed is lost
 * with it, and a run goes on when there is room again.
 */
public final class DiskFailure {

  /** H2 closes a database that it cannot write; all later calls say only that it is closed. */
  private static final Set<Integer> OF_H2 =
      Set.of(
          ErrorCode.IO_EXCEPTION_1,
          ErrorCode.IO_EXCEPTION_2,
          ErrorCode.DATABASE_IS_CLOSED,
          ErrorCode.DATABASE_CALLED_AT_SHUTDOWN,
          ErrorCode.CONNECTION_BROKEN_1,
          ErrorCode.FILE_CORRUPTED_1);

  /** What H2's store below the database says, which it hands on as a general error. */
  private static final Set<Integer> OF_ITS_STORE =
      Set.of(
          DataUtils.ERROR_WRITING_FAILED, DataUtils.ERROR_READING_FAILED, DataUtils.ERROR_CLOSED);

  /** What Linux, macOS and Windows say about a disk. Other I/O errors concern one file. */
  private static final List<String> OF_THE_SYSTEM =
      List.of(
          "No space left on device",
          "Disk quota exceeded",
          "Input/output error",
          "Read-only file system",
          "File too large",
          "Stale file handle",
          "There is not enough space on the disk");

  private DiskFailure() {}

  /** Whether the system says that the disk is full or fails, not that a file is no good. */
  public static boolean isOfTheDisk(IOException failure) {
    String words = String.valueOf(failure.getMessage());
    return OF_THE_SYSTEM.stream().anyMatch(words::contains);
  }

  /** What to say if the disk is why something failed; empty if it is not. */
  public static Optional<String> find(Throwable failure) {
    String found = null;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException
          || (cause instanceof SQLException sql && OF_H2.contains(sql.getErrorCode()))) {
        // The innermost has the operating system's words.
        found = cause.getMessage() == null ? cause.toString() : cause.getMessage();
      } else if (cause instanceof MVStoreException store
          && OF_ITS_STORE.contains(store.getErrorCode())) {
        found = "the database could not be written";
      }
    }
    return Optional.ofNullable(found)
        .map(
            words ->
                words.contains("Too many open files")
                    ? "the system allows the program too few open files: raise 'ulimit -n'"
                    : "state or results cannot be written ("
                        + words
                        + "). What is on record is safe; when there is room again, the same command"
                        + " goes on");
  }
}
