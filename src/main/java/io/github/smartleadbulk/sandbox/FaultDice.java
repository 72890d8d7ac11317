package io.github.smartleadbulk.sandbox;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Decides for each call in order whether it fails. The same seed gives the same decisions. */
final class FaultDice {

  private final FaultPlan plan;
  private final long seed;
  private final SplittableRandom random;
  private @Nullable Long first;

  FaultDice(FaultPlan plan, long seed) {
    this.plan = plan;
    this.seed = seed;
    this.random = new SplittableRandom(seed);
  }

  /**
   * @param at when the call arrived, on the nano clock
   */
  synchronized @Nullable Fault roll(long at) {
    return isOver(at) ? null : plan.pick(random.nextDouble(100));
  }

  /** Whether all updates of the account fail. */
  synchronized boolean blocks(long accountId, long at) {
    return !isOver(at) && plan.blocks(new SplittableRandom(seed * 31 + accountId).nextDouble(100));
  }

  private boolean isOver(long at) {
    if (first == null) {
      first = at;
    }
    long since = at - first;
    return plan.ofServer()
        .time(ServerFaults.Kind.FOR)
        .filter(lasting -> since >= lasting.toNanos())
        .isPresent();
  }
}
