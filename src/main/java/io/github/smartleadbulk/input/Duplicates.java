package io.github.smartleadbulk.input;

import io.github.smartleadbulk.csv.LineNumbers;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The rows that share an account with others. They can be stored as {@link #entries()} and restored
 * with {@link #of(List)}.
 */
public final class Duplicates {

  private static final Duplicates NONE =
      new Duplicates(new long[0], new LongList(), new LongList(), new LongList());

  private final long[] keys;

  /** The index at which the rows of each account start, and one more for the end. */
  private final int[] starts;

  private final long[] rows;
  private final long[] lines;

  /**
   * @param keys in ascending order, without repetitions
   * @param keysInOrder the key of each entry, in row order; each is one of the keys
   */
  Duplicates(long[] keys, LongList keysInOrder, LongList rowsInOrder, LongList linesInOrder) {
    this.keys = keys;
    this.starts = new int[keys.length + 1];
    this.rows = new long[keysInOrder.size()];
    this.lines = new long[keysInOrder.size()];
    for (int i = 0; i < keysInOrder.size(); i++) {
      starts[Arrays.binarySearch(keys, keysInOrder.get(i)) + 1]++;
    }
    Arrays.parallelPrefix(starts, Integer::sum);
    int[] next = starts.clone();
    for (int i = 0; i < keysInOrder.size(); i++) {
      int place = next[Arrays.binarySearch(keys, keysInOrder.get(i))]++;
      rows[place] = rowsInOrder.get(i);
      lines[place] = linesInOrder.get(i);
    }
  }

  /**
   * A row that shares its account with others.
   *
   * @param key the number that identifies the account in this file
   */
  public record Entry(long key, long row, long line) {}

  public static Duplicates none() {
    return NONE;
  }

  /** Restores duplicates from their {@link #entries()}, in any order. */
  public static Duplicates of(List<Entry> entries) {
    LongList keysInOrder = new LongList();
    LongList rows = new LongList();
    LongList lines = new LongList();
    entries.stream()
        .sorted(Comparator.comparingLong(Entry::row))
        .forEach(
            entry -> {
              keysInOrder.add(entry.key());
              rows.add(entry.row());
              lines.add(entry.line());
            });
    long[] keys = entries.stream().mapToLong(Entry::key).sorted().distinct().toArray();
    return new Duplicates(keys, keysInOrder, rows, lines);
  }

  public boolean isEmpty() {
    return rows.length == 0;
  }

  /** All entries, sorted by account and then by row. */
  public List<Entry> entries() {
    return new AbstractList<>() {
      @Override
      public Entry get(int index) {
        int group = Arrays.binarySearch(starts, index);
        return new Entry(keys[group >= 0 ? group : -group - 2], rows[index], lines[index]);
      }

      @Override
      public int size() {
        return rows.length;
      }
    };
  }

  boolean contains(long key) {
    return Arrays.binarySearch(keys, key) >= 0;
  }

  /** The lines of the account's other rows, for a message. */
  String otherLines(long key, long line) {
    int group = Arrays.binarySearch(keys, key);
    int start = starts[group];
    int end = starts[group + 1];
    long[] first = Arrays.copyOfRange(lines, start, Math.min(end, start + LineNumbers.NEEDED));
    return LineNumbers.others(first, line, end - start - 1);
  }
}
