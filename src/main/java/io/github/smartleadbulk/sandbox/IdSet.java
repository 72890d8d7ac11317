package io.github.smartleadbulk.sandbox;

/**
 * Account ids, one bit each. Not a BitSet: that doubles what it has when it grows, and takes its
 * full size for a single large id; this one takes 12 MB at most and little for a few.
 */
final class IdSet {

  private static final int PAGE = 4_096;

  private final long[][] pages = new long[SandboxSettings.LARGEST_ID / PAGE + 1][];

  boolean contains(int id) {
    long[] page = pages[id / PAGE];
    return page != null && (page[id % PAGE / Long.SIZE] & bit(id)) != 0;
  }

  void add(int id) {
    long[] page = pages[id / PAGE];
    if (page == null) {
      page = new long[PAGE / Long.SIZE];
      pages[id / PAGE] = page;
    }
    page[id % PAGE / Long.SIZE] |= bit(id);
  }

  private static long bit(int id) {
    return 1L << (id % Long.SIZE);
  }
}
