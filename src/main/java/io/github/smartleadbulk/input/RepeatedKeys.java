package io.github.smartleadbulk.input;

import java.util.Arrays;

/**
 * Finds the keys that occur more than once, in bounded memory. If there are too many keys, one pass
 * over the file watches only part of them, and further passes watch the others.
 */
final class RepeatedKeys {

  /** This takes 8 MB, and another 8 MB while sorting. */
  static final int WATCHED = 1 << 20;

  private final int limit;
  private final LongList repeated = new LongList();
  private LongList watched = new LongList();
  private int parts = 1;
  private int part;

  RepeatedKeys(int limit) {
    this.limit = limit;
  }

  void add(long key) {
    if (part(key) != part) {
      return;
    }
    if (watched.size() >= limit && part == 0) {
      makeRoom();
      if (part(key) != part) {
        return;
      }
    }
    watched.add(key);
  }

  /** Ends a pass over all keys. Returns whether another pass is needed. */
  boolean nextPass() {
    keepOneOfEach();
    watched = new LongList();
    part++;
    return part < parts;
  }

  /** The repeated keys in ascending order, each once. */
  long[] repeated() {
    return Arrays.stream(repeated.toArray()).sorted().distinct().toArray();
  }

  private void makeRoom() {
    keepOneOfEach();
    while (watched.size() > limit / 2) {
      parts *= 2;
      int kept = 0;
      for (int i = 0; i < watched.size(); i++) {
        if (part(watched.get(i)) == part) {
          watched.set(kept++, watched.get(i));
        }
      }
      watched.truncate(kept);
    }
  }

  private void keepOneOfEach() {
    watched.sort();
    int kept = 0;
    for (int i = 0; i < watched.size(); i++) {
      long key = watched.get(i);
      if (kept == 0 || key != watched.get(kept - 1)) {
        watched.set(kept++, key);
      } else if (repeated.size() == 0 || repeated.get(repeated.size() - 1) != key) {
        repeated.add(key);
      }
    }
    watched.truncate(kept);
  }

  /** The part of a key. Keys with a pattern, such as even numbers, are spread over all parts. */
  private int part(long key) {
    return (int) ((key * 0x9E3779B97F4A7C15L) >>> 40) & (parts - 1);
  }
}
