package io.github.smartleadbulk.client;

/** How many calls may be under way at once where nobody has said. */
final class Concurrency {

  /** For limits so low that it hardly matters: a server that takes its time holds up no others. */
  private static final int LEAST = 64;

  /** Without limits: 2,500 calls a second to a server 100 ms away. */
  private static final int LARGEST = 256;

  private Concurrency() {}

  /**
   * Enough for the calls of one second, since few take longer. Bursts are bounded by the windows
   * themselves: what is under way counts in them.
   */
  static int of(ClientSettings settings) {
    if (settings.concurrency() > 0) {
      return settings.concurrency();
    }
    double callsPerSecond =
        settings.windows().stream()
            .mapToDouble(window -> 1e9 * window.calls() / Time.nanos(window.length()))
            .min()
            .orElse(LARGEST);
    return (int) Math.max(LEAST, Math.min(LARGEST, callsPerSecond));
  }
}
