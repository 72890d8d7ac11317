package io.github.smartleadbulk.account;

/**
 * How much text one place may hold in memory at once: a page of accounts, the rows whose calls are
 * under way, the rows of one statement. The number of rows does not limit it, because a signature
 * can have 20 bytes or 300 kB.
 */
public final class HeapShare {

  /** A sixteenth of the heap, because each place holds its texts about three times. */
  public static final long BYTES = Math.min(32L << 20, Runtime.getRuntime().maxMemory() / 16);

  private HeapShare() {}
}
