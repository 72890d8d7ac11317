package io.github.smartleadbulk.sandbox;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * The added and changed accounts, in a file of H2's key-value store: a million changed signatures
 * would not fit in memory beside a job that runs in 64 MB. Not thread-safe.
 */
final class AccountRecords implements AutoCloseable {

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

  /** The body of one update that makes all changes of an account. */
  private final MVMap<Integer, String> changesById;

  /** The addresses of added accounts; empty for the made-up address. */
  private final MVMap<Integer, String> addressesById;

  /** The ids in the order in which they were added. */
  private final MVMap<Integer, Integer> idsByPlace;

  private final MVMap<String, int[]> idsByAddress;

  /** 0 if the records stay, so that a killed process loses nothing that it has answered. */
  private final int mostUnsaved;

  private AccountRecords(MVStore store, int mostUnsaved, @Nullable Path temporary) {
    this.store = store;
    this.mostUnsaved = mostUnsaved;
    this.temporary = temporary;
    this.changesById = store.openMap("changes");
    this.addressesById = store.openMap("addresses");
    this.idsByPlace = store.openMap("list");
    this.idsByAddress = store.openMap("ids");
  }

  /**
   * Opens a file. Only one sandbox at a time can use it.
   *
   * @param file the file that keeps the records; null for a temporary file
   * @throws FileSystemException if another sandbox is using the file, or it is another kind of
   *     file, which then stays unchanged
   */
  static AccountRecords open(@Nullable Path file) throws IOException {
    if (file == null) {
      Path temporary = Files.createTempFile("smartlead-sandbox", ".tmp");
      MVStore store = store(temporary);
      // On systems that can delete an open file, not even a killed process leaves it behind.
      return new AccountRecords(
          store, LARGEST_WRITE, temporary.toFile().delete() ? null : temporary);
    }
    // The key-value store would open a file without write permission as read-only.
    new RandomAccessFile(file.toFile(), "rw").close();
    try {
      return new AccountRecords(ownStore(file), 0, null);
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

  /** The changes of an account; empty if there are none. */
  String changes(int id) {
    return changesById.getOrDefault(id, "");
  }

  void change(int id, String changes) {
    if (!changes.equals(changes(id))) {
      changesById.put(id, changes);
      commitAbove(mostUnsaved);
    }
  }

  private void commitAbove(int unsaved) {
    if (store.getUnsavedMemory() > unsaved) {
      store.commit();
    }
  }

  /** The address with which an account was added; empty for the made-up address. */
  String address(int id) {
    return addressesById.getOrDefault(id, "");
  }

  boolean isListed(int id) {
    return addressesById.containsKey(id);
  }

  /** Adds an account, or gives an address to an account that was added without one. */
  void add(int id, String address) {
    String before = addressesById.put(id, address);
    if (before == null) {
      idsByPlace.put(idsByPlace.size(), id);
    }
    if (!address.isEmpty()) {
      int[] ids = withAddress(address);
      int[] more = Arrays.copyOf(ids, ids.length + 1);
      more[ids.length] = id;
      idsByAddress.put(folded(address), more);
    }
    commitAbove(LARGEST_WRITE);
  }

  /** The accounts that were added with this address, ignoring case. */
  int[] withAddress(String address) {
    return idsByAddress.getOrDefault(folded(address), new int[0]);
  }

  private static String folded(String address) {
    return address.toLowerCase(Locale.ROOT);
  }

  /** How many accounts were added. */
  int listed() {
    return idsByPlace.size();
  }

  /** The id of an added account, by order of adding; 0 after the last. */
  int listed(int index) {
    return idsByPlace.getOrDefault(index, 0);
  }

  @Override
  public void close() throws IOException {
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
