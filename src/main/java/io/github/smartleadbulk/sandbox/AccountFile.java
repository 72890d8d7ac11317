package io.github.smartleadbulk.sandbox;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * The file with the records of all keys, in H2's key-value store: a million changed signatures
 * would not fit in memory beside a job that runs in 64 MB. Its monitor guards all records.
 */
final class AccountFile implements AutoCloseable {

  /** Distinguishes sandbox files from other files of the key-value store. */
  private static final int KIND = 0x51EAD;

  private static final String FIRST_FORMAT = "smartlead-bulk sandbox store 1\n";

  private static final String H2_FORMAT = "H:2,";

  private static final int CACHE_MB = 1;

  private static final int RETENTION_MS = 1_000;

  /** The most bytes to write at once. Java keeps a copy of the largest write for every thread. */
  private static final int LARGEST_WRITE = 256 * 1024;

  private final MVStore store;
  private final @Nullable Path temporary;

  /** 0 if the records stay, so that a killed process loses nothing that it has answered. */
  private final int mostUnsaved;

  private AccountFile(MVStore store, int mostUnsaved, @Nullable Path temporary) {
    this.store = store;
    this.mostUnsaved = mostUnsaved;
    this.temporary = temporary;
    // A damaged map is told here, and not by the first call that needs it.
    store.getMapNames().forEach(store::openMap);
  }

  /**
   * Opens a file. Only one sandbox at a time can use it.
   *
   * @param file the file that keeps the records; null for a temporary file
   * @throws FileSystemException if another sandbox is using the file, or it is another kind of
   *     file, which then stays unchanged
   */
  static AccountFile open(@Nullable Path file) throws IOException {
    if (file == null) {
      Path temporary = Files.createTempFile("smartlead-sandbox", ".tmp");
      MVStore store = store(temporary);
      // On systems that can delete an open file, not even a killed process leaves it behind.
      return new AccountFile(store, LARGEST_WRITE, temporary.toFile().delete() ? null : temporary);
    }
    // The key-value store would open a file without write permission as read-only.
    new RandomAccessFile(file.toFile(), "rw").close();
    try {
      return new AccountFile(ownStore(file), 0, null);
    } catch (MVStoreException e) {
      throw refusal(file, e);
    }
  }

  private static MVStore ownStore(Path file) throws IOException {
    boolean isNew = Files.size(file) == 0;
    MVStore store = store(file);
    if (isNew) {
      store.setStoreVersion(KIND);
      store.commit();
    } else if (store.getStoreVersion() != KIND) {
      store.closeImmediately();
      throw new MVStoreException(DataUtils.ERROR_UNSUPPORTED_FORMAT, "not a sandbox file");
    }
    return store;
  }

  private static MVStore store(Path file) {
    MVStore store =
        new MVStore.Builder()
            .fileName(file.toAbsolutePath().toString())
            .cacheSize(CACHE_MB)
            .autoCommitDisabled()
            .autoCommitBufferSize(0)
            .open();
    // Every change adds a few pages. Space is used again soon, or a large run would take gigabytes.
    // Until then, what a torn write leaves behind is still whole.
    store.setRetentionTime(RETENTION_MS);
    return store;
  }

  private static FileSystemException refusal(Path file, MVStoreException e) throws IOException {
    String reason = "this is not a sandbox file; it was not changed";
    if (e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
      reason = "another sandbox is using this file";
    } else if (startsWith(file, FIRST_FORMAT)) {
      reason = "an earlier version of this program wrote this file; choose a new file";
    } else if (startsWith(file, H2_FORMAT)
        && e.getErrorCode() != DataUtils.ERROR_UNSUPPORTED_FORMAT) {
      reason = "this file is damaged; it was not changed";
    }
    FileSystemException refusal = new FileSystemException(file.toString(), null, reason);
    refusal.initCause(e);
    return refusal;
  }

  private static boolean startsWith(Path file, String text) throws IOException {
    byte[] expected = text.getBytes(StandardCharsets.US_ASCII);
    try (var in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(expected.length), expected);
    }
  }

  /** The records of all keys that have none of their own. */
  AccountRecords sharedRecords() {
    return new AccountRecords(this, 0);
  }

  /**
   * The records of one key.
   *
   * @param hash identifies the key; the file must not have the key itself
   */
  synchronized AccountRecords records(String hash) {
    MVMap<Object, Integer> ownersByHash = map("keys");
    int next = ownersByHash.size() + 1;
    // Saved with the first record.
    Integer known = ownersByHash.putIfAbsent(hash, next);
    return new AccountRecords(this, known == null ? next : known);
  }

  /** Opens a map. Every call with the same name gets the same map. */
  <V> MVMap<Object, V> map(String name) {
    return store.openMap(name);
  }

  /** Call after a change. It is in the file before it is answered, unless the file is temporary. */
  void changed() {
    commitAbove(mostUnsaved);
  }

  /** Call after an account was added, which can be added again if it is lost. */
  void added() {
    commitAbove(LARGEST_WRITE);
  }

  private void commitAbove(int unsaved) {
    if (store.getUnsavedMemory() > unsaved) {
      store.commit();
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (mostUnsaved == 0) {
      store.close();
    } else {
      store.closeImmediately();
    }
    if (temporary != null) {
      Files.deleteIfExists(temporary);
    }
  }
}
