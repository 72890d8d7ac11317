package io.github.smartleadbulk.store;

import io.github.smartleadbulk.postgres.ServerFailure;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.h2.api.ErrorCode;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;

/**
 * Distinguishes a full or failed disk from a bug in the program. A full disk loses nothing that was
 * committed, and the run can be resumed when there is room again.
 */
public final class DiskFailure {

  /** H2 closes a database that it cannot write. All later errors say only that it is closed. */
  private static final Set<Integer> OF_H2 =
      Set.of(
          ErrorCode.IO_EXCEPTION_1,
          ErrorCode.IO_EXCEPTION_2,
          ErrorCode.DATABASE_IS_CLOSED,
          ErrorCode.DATABASE_CALLED_AT_SHUTDOWN,
          ErrorCode.CONNECTION_BROKEN_1,
          ErrorCode.FILE_CORRUPTED_1);

  /** The codes of H2's key-value store, which H2 passes on as a general error. */
  private static final Set<Integer> OF_ITS_STORE =
      Set.of(
          DataUtils.ERROR_WRITING_FAILED, DataUtils.ERROR_READING_FAILED, DataUtils.ERROR_CLOSED);

  /** Messages of Linux, macOS and Windows about a disk. Other I/O errors concern one file. */
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

  /** Whether the error is about the disk, full or failed, and not about one file. */
  public static boolean isOfTheDisk(IOException failure) {
    String words = String.valueOf(failure.getMessage());
    return OF_THE_SYSTEM.stream().anyMatch(words::contains);
  }

  /** The message for a failure that the disk caused; empty for any other failure. */
  public static Optional<String> find(Throwable failure) {
    Optional<String> ofServer = ServerFailure.find(failure);
    if (ofServer.isPresent()) {
      return ofServer;
    }
    String found = null;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        // The innermost cause has the operating system's message.
        found = StateException.words(cause);
      } else if (cause instanceof SQLException sql && OF_H2.contains(sql.getErrorCode())) {
        found = "the database cannot be used";
      } else if (cause instanceof MVStoreException store
          && OF_ITS_STORE.contains(store.getErrorCode())) {
        found = "the database could not be written";
      }
    }
    return Optional.ofNullable(found)
        .map(
            words ->
                words.contains("Too many open files")
                    ? "the system does not allow the program enough open files. Raise the limit with 'ulimit -n'"
                    : "state or results cannot be written ("
                        + words
                        + "). What is on record is safe. Free some space, then run the same command again to continue");
  }
}
