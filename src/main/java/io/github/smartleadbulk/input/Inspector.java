package io.github.smartleadbulk.input;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;

/** Reads a file through: once where no account comes twice, else once more to tell the rows. */
final class Inspector {

  private final InputFile file;
  private final AddressBook book;
  private final RepeatedKeys keys;

  Inspector(InputFile file, AddressBook book, int keysWatched) {
    this.file = file;
    this.book = book;
    this.keys = new RepeatedKeys(keysWatched);
  }

  Inspection inspect(Consumer<InputRow> each) throws IOException {
    Counts counts = new Counts();
    long addressed =
        forEach(
            Duplicates.none(),
            row -> {
              each.accept(row);
              counts.add(row);
              addKey(row);
            });
    while (keys.nextPass()) {
      forEach(Duplicates.none(), this::addKey);
    }
    long[] repeated = keys.repeated();
    if (repeated.length == 0) {
      return counts.inspection(addressed, Duplicates.none());
    }
    Duplicates duplicates = find(repeated);
    Counts withDuplicates = new Counts();
    forEach(duplicates, withDuplicates::add);
    return withDuplicates.inspection(addressed, duplicates);
  }

  private void addKey(InputRow row) {
    long key = AccountKey.of(row);
    if (key != AccountKey.NONE) {
      keys.add(key);
    }
  }

  private Duplicates find(long[] repeated) throws IOException {
    LongList keysInOrder = new LongList();
    LongList rows = new LongList();
    LongList lines = new LongList();
    forEach(
        Duplicates.none(),
        row -> {
          long key = AccountKey.of(row);
          if (Arrays.binarySearch(repeated, key) >= 0) {
            keysInOrder.add(key);
            rows.add(row.row().number());
            lines.add(row.row().line());
          }
        });
    return new Duplicates(repeated, keysInOrder, rows, lines);
  }

  /** Returns how many rows only their address tells the account of. */
  private long forEach(Duplicates duplicates, Consumer<InputRow> each) throws IOException {
    try (InputRows rows = file.rows(duplicates, book)) {
      for (InputRow row = rows.read(); row != null; row = rows.read()) {
        each.accept(row);
      }
      return rows.addressed();
    }
  }

  private static final class Counts {

    private long valid;
    private long invalid;
    private long skipped;

    void add(InputRow row) {
      if (row.verdict() instanceof RowVerdict.Invalid) {
        invalid++;
      } else if (row.verdict() instanceof RowVerdict.Nothing) {
        skipped++;
      } else {
        valid++;
      }
    }

    Inspection inspection(long addressed, Duplicates duplicates) {
      return new Inspection(
          valid + invalid + skipped, valid, invalid, skipped, addressed, duplicates);
    }
  }
}
