package io.github.smartleadbulk.input;

import java.util.Arrays;

/**
 * Finds the ids that come more than once, in bounded memory for any number of them: where they
 * outgrow it, only a part of the ids is watched, and the others take another pass over the file.
 */
final class RepeatedIds {

  /** 8 MB, and as much again while sorting. */
  static final int WATCHED = 1 << 20;

  private final int limit;
  private final LongList repeated = new LongList();
  private LongList watched = new LongList();
  private int parts = 1;
  private int part;

  RepeatedIds(int limit) {
    this.limit = limit;
  }

  void add(long id) {
    if (part(id) != part) {
      return;
    }
    if (watched.size() >= limit && part == 0) {
      makeRoom();
      if (part(id) != part) {
        return;
      }
    }
    watched.add(id);
  }

  /** Ends a pass over all ids; true if another one is needed. */
  boolean nextPass() {
    keepOneOfEach();
    watched = new LongList();
    part++;
    return part < parts;
  }

  /** In ascending order, each once. */
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
      long id = watched.get(i);
      if (kept == 0 || id != watched.get(kept - 1)) {
        watched.set(kept++, id);
      } else if (repeated.size() == 0 || repeated.get(repeated.size() - 1) != id) {
        repeated.add(id);
      }
    }
    watched.truncate(kept);
  }

  /** Spreads ids that have a pattern, such as all even ones, over all parts. */
  private int part(long id) {
    return (int) ((id * 0x9E3779B97F4A7C15L) >>> 40) & (parts - 1);
  }
}
