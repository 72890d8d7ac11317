package io.github.smartleadbulk.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The records of the accounts that somebody has added or changed, found by id, by address and by
 * the order in which they were added. They are in files and not in memory: a million changed
 * signatures would not fit beside a job that runs in 64 MB. Not for several threads at once.
 */
final class AccountRecords implements AutoCloseable {

  private final RecordLog log;
  private final PlaceTable places;

  /** Most reads are of accounts that have no record. */
  private final IdSet recorded = new IdSet();

  private final IdList listed = new IdList();
  private final AddressIndex idsByAddress = new AddressIndex(id -> find(id).address());

  private AccountRecords(RecordLog log, PlaceTable places) {
    this.log = log;
    this.places = places;
  }

  /**
   * @param store where the records stay; null for a temporary file
   */
  static AccountRecords open(@Nullable Path store) throws IOException {
    RecordLog log = RecordLog.open(store);
    try {
      return read(log);
    } catch (IOException | RuntimeException e) {
      log.close();
      throw e;
    }
  }

  private static AccountRecords read(RecordLog log) throws IOException {
    PlaceTable places = new PlaceTable();
    try {
      AccountRecords records = new AccountRecords(log, places);
      log.readAll((place, record) -> records.note(place, record, records.find(record.id())));
      return records;
    } catch (IOException | RuntimeException e) {
      places.close();
      throw e;
    }
  }

  AccountRecord find(int id) throws IOException {
    if (!recorded.contains(id)) {
      return AccountRecord.untouched(id);
    }
    long place = places.get(id);
    return place == 0 ? AccountRecord.untouched(id).listedWith("") : log.read(place);
  }

  void put(AccountRecord record) throws IOException {
    AccountRecord before = find(record.id());
    if (!record.equals(before)) {
      note(log.append(record), record, before);
    }
  }

  private void note(long place, AccountRecord record, AccountRecord before) throws IOException {
    int id = record.id();
    // An account that is only listed has no entry: it would cost a block of the table's file.
    if (!record.address().isEmpty() || !record.changes().isEmpty()) {
      places.put(id, place);
    }
    recorded.add(id);
    if (record.listed() && !before.listed()) {
      listed.add(id);
    }
    if (!record.address().isEmpty() && before.address().isEmpty()) {
      idsByAddress.add(id, record.address());
    }
  }

  int[] withAddress(String address) throws IOException {
    return idsByAddress.find(address);
  }

  /** How many were added. */
  int listed() {
    return listed.size();
  }

  /** The id of an account that was added, in the order of adding. */
  int listed(int index) {
    return listed.get(index);
  }

  @Override
  public void close() throws IOException {
    try {
      log.close();
    } finally {
      places.close();
    }
  }
}
