package io.github.smartleadbulk.account;

/**
 * How much text may be in memory at once in one place: a page of accounts, the rows whose calls are
 * under way, the rows of one statement. Rows say nothing about it: a signature may be 20 bytes or
 * 300 kB.
 */
public final class HeapShare {

  /** A sixteenth of the heap: each place holds its texts some three times over. */
  public static final long BYTES = Math.min(32L << 20, Runtime.getRuntime().maxMemory() / 16);

  private HeapShare() {}
}
