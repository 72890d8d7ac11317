package io.github.smartleadbulk.sandbox;

import java.util.Arrays;

/** Account ids in the order in which they were added, four bytes each. */
final class IdList {

  private int[] ids = new int[16];
  private int size;

  int size() {
    return size;
  }

  int get(int index) {
    return ids[index];
  }

  void add(int id) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, size + size / 2);
    }
    ids[size] = id;
    size++;
  }
}
