package io.github.smartleadbulk.client;

/** How many calls may be under way at once where nobody has said. */
final class Concurrency {

  /**
   * Measured on two cores: to a server on the same machine 64 make as many calls a second as any
   * other number, to one 20 ms away 3,000, which no tier of SmartLead allows.
   */
  private static final int USUAL = 64;

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
            .orElse(0);
    return (int) Math.max(USUAL, Math.min(LARGEST, callsPerSecond));
  }
}
