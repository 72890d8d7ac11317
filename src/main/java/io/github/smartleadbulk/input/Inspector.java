package io.github.smartleadbulk.input;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;

/** Reads a file through: once where no account comes twice, else once more to tell the rows. */
final class Inspector {

  private final InputFile file;
  private final RepeatedIds ids;

  Inspector(InputFile file, int idsWatched) {
    this.file = file;
    this.ids = new RepeatedIds(idsWatched);
  }

  Inspection inspect(Consumer<InputRow> each) throws IOException {
    Counts counts = new Counts();
    forEach(
        Duplicates.none(),
        row -> {
          each.accept(row);
          counts.add(row);
          addId(row);
        });
    while (ids.nextPass()) {
      forEach(Duplicates.none(), this::addId);
    }
    long[] repeated = ids.repeated();
    if (repeated.length == 0) {
      return counts.inspection(Duplicates.none());
    }
    Duplicates duplicates = find(repeated);
    Counts withDuplicates = new Counts();
    forEach(duplicates, withDuplicates::add);
    return withDuplicates.inspection(duplicates);
  }

  private void addId(InputRow row) {
    Long id = row.accountId();
    if (id != null) {
      ids.add(id);
    }
  }

  private Duplicates find(long[] repeated) throws IOException {
    LongList accountIds = new LongList();
    LongList rows = new LongList();
    LongList lines = new LongList();
    forEach(
        Duplicates.none(),
        row -> {
          Long id = row.accountId();
          if (id != null && Arrays.binarySearch(repeated, id) >= 0) {
            accountIds.add(id);
            rows.add(row.row().number());
            lines.add(row.row().line());
          }
        });
    return new Duplicates(repeated, accountIds, rows, lines);
  }

  private void forEach(Duplicates duplicates, Consumer<InputRow> each) throws IOException {
    try (InputRows rows = file.rows(duplicates)) {
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
