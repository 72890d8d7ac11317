package io.github.smartleadbulk.input;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Which rows share an account with others. Can be kept and made again: {@link #of(List)}. */
public final class Duplicates {

  private static final Duplicates NONE =
      new Duplicates(new long[0], new LongList(), new LongList(), new LongList());

  private final long[] accountIds;

  /** Where the rows of each account start; one more at the end. */
  private final int[] starts;

  private final long[] rows;
  private final long[] lines;

  /**
   * @param accountIds ascending, each once
   * @param ids of each entry, in the order of rows, all of them among accountIds
   */
  Duplicates(long[] accountIds, LongList ids, LongList rowsInOrder, LongList linesInOrder) {
    this.accountIds = accountIds;
    this.starts = new int[accountIds.length + 1];
    this.rows = new long[ids.size()];
    this.lines = new long[ids.size()];
    for (int i = 0; i < ids.size(); i++) {
      starts[Arrays.binarySearch(accountIds, ids.get(i)) + 1]++;
    }
    Arrays.parallelPrefix(starts, Integer::sum);
    int[] next = starts.clone();
    for (int i = 0; i < ids.size(); i++) {
      int place = next[Arrays.binarySearch(accountIds, ids.get(i))]++;
      rows[place] = rowsInOrder.get(i);
      lines[place] = linesInOrder.get(i);
    }
  }

  /** A row that shares its account with others. */
  public record Entry(long accountId, long row, long line) {}

  public static Duplicates none() {
    return NONE;
  }

  /** From the {@link #entries()} of another, in any order. */
  public static Duplicates of(List<Entry> entries) {
    LongList ids = new LongList();
    LongList rows = new LongList();
    LongList lines = new LongList();
    entries.stream()
        .sorted(Comparator.comparingLong(Entry::row))
        .forEach(
            entry -> {
              ids.add(entry.accountId());
              rows.add(entry.row());
              lines.add(entry.line());
            });
    long[] accountIds = entries.stream().mapToLong(Entry::accountId).sorted().distinct().toArray();
    return new Duplicates(accountIds, ids, rows, lines);
  }

  public boolean isEmpty() {
    return rows.length == 0;
  }

  /** By account, and within an account by row. */
  public List<Entry> entries() {
    return new AbstractList<>() {
      @Override
      public Entry get(int index) {
        int group = Arrays.binarySearch(starts, index);
        return new Entry(accountIds[group >= 0 ? group : -group - 2], rows[index], lines[index]);
      }

      @Override
      public int size() {
        return rows.length;
      }
    };
  }

  boolean contains(long accountId) {
    return Arrays.binarySearch(accountIds, accountId) >= 0;
  }

  /** The lines of an account's other rows, for a message. */
  String otherLines(long accountId, long line) {
    int group = Arrays.binarySearch(accountIds, accountId);
    int start = starts[group];
    int end = starts[group + 1];
    long[] first = Arrays.copyOfRange(lines, start, Math.min(end, start + Lines.NEEDED));
    return Lines.others(first, line, end - start - 1);
  }
}
