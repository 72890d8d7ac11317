package io.github.smartleadbulk.input;

import java.util.Arrays;

/** A list of primitive numbers, to save memory: there can be one for each row. */
final class LongList {

  private static final long[] NONE = {};

  private long[] values = NONE;
  private int size;

  void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.max(8, size + (size >> 1)));
    }
    values[size++] = value;
  }

  long get(int index) {
    return values[index];
  }

  int size() {
    return size;
  }

  void truncate(int newSize) {
    size = newSize;
  }

  void set(int index, long value) {
    values[index] = value;
  }

  void sort() {
    Arrays.sort(values, 0, size);
  }

  long[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
