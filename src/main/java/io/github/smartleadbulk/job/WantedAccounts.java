package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.AccountRow;
import io.github.smartleadbulk.fill.RowFilling;
import io.github.smartleadbulk.input.AddressBook;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.input.RowReader;
import io.github.smartleadbulk.input.RowVerdict;
import io.github.smartleadbulk.job.InputParts.RowSource;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.LongStream;

/** The accounts that rows name by id, and which of them were seen. */
final class WantedAccounts {

  private final long[] ids;
  private final long addressed;
  private final boolean needed;
  private final BitSet seen = new BitSet();

  private WantedAccounts(long[] ids, long addressed, boolean needed) {
    this.ids = ids;
    this.addressed = addressed;
    this.needed = needed;
  }

  static WantedAccounts none() {
    return new WantedAccounts(new long[0], 0, false);
  }

  /**
   * @param reader makes rows of records
   * @param filling decides which rows cannot be sent without their accounts
   */
  static WantedAccounts of(RowSource rows, RowReader reader, RowFilling filling)
      throws IOException {
    LongStream.Builder ids = LongStream.builder();
    long addressed = 0;
    boolean needed = false;
    for (AccountRow record = rows.next(); record != null; record = rows.next()) {
      InputRow row = reader.read(record, AddressBook.unknown());
      if (!(row.verdict() instanceof RowVerdict.Valid)) {
        continue;
      }
      needed |= filling.takesAccount(row);
      Long id = row.accountId();
      if (id == null) {
        addressed++;
      } else {
        ids.add(id);
      }
    }
    return new WantedAccounts(ids.build().sorted().distinct().toArray(), addressed, needed);
  }

  /** The number of rows that name their account only by its address. */
  long addressed() {
    return addressed;
  }

  /** Whether rows use values of their accounts. */
  boolean areNeeded() {
    return needed;
  }

  void see(long id) {
    int place = Arrays.binarySearch(ids, id);
    if (place >= 0) {
      seen.set(place);
    }
  }

  boolean areAllSeen() {
    return seen.cardinality() == ids.length;
  }
}
