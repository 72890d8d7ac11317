package io.github.smartleadbulk.state;

/** The key of an outcome: run and row in one number. */
final class RunRow {

  /** Allows 2^40 rows per run. At 30 bytes per row, that is a file of 30 TB. */
  private static final int ROW_BITS = 40;

  private RunRow() {}

  static long of(int run, long row) {
    return ((long) run << ROW_BITS) + row;
  }

  static int runOf(long runRow) {
    return (int) (runRow >> ROW_BITS);
  }

  static long rowOf(long runRow) {
    return runRow & ((1L << ROW_BITS) - 1);
  }
}
