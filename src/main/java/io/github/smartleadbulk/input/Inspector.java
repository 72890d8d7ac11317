package io.github.smartleadbulk.input;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file through: once where no account comes twice, else twice more to tell which rows do,
 * and what that makes of them.
 */
final class Inspector {

  private final InputFile file;
  private final AddressBook book;
  private final RepeatedKeys keys;

  Inspector(InputFile file, AddressBook book, int keysWatched) {
    this.file = file;
    this.book = book;
    this.keys = new RepeatedKeys(keysWatched);
  }

  /**
   * @param each takes every row on its own
   * @param invalid takes the invalid rows, duplicates included, with all that is wrong with them;
   *     null where nobody has to know them
   */
  Inspection inspect(Consumer<InputRow> each, @Nullable Consumer<InputRow> invalid)
      throws IOException {
    Counts counts = new Counts();
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
    Duplicates duplicates = repeated.length == 0 ? Duplicates.none() : find(repeated);
    if (duplicates.isEmpty() && (counts.invalid == 0 || invalid == null)) {
      return counts.inspection(duplicates);
    }
    Counts withDuplicates = new Counts();
    forEach(
        duplicates,
        row -> {
          withDuplicates.add(row);
          if (invalid != null && row.verdict() instanceof RowVerdict.Invalid) {
            invalid.accept(row);
          }
        });
    return withDuplicates.inspection(duplicates);
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

  private void forEach(Duplicates duplicates, Consumer<InputRow> each) throws IOException {
    try (InputRows rows = file.rows(duplicates, book)) {
      for (InputRow row = rows.read(); row != null; row = rows.read()) {
        each.accept(row);
      }
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

    Inspection inspection(Duplicates duplicates) {
      return new Inspection(valid + invalid + skipped, valid, invalid, skipped, duplicates);
    }
  }
}
