package io.github.smartleadbulk.sandbox;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Decides for every call in its turn whether it goes wrong, the same way for the same seed. */
final class FaultDice {

  private final FaultPlan plan;
  private final SplittableRandom random;

  FaultDice(FaultPlan plan, long seed) {
    this.plan = plan;
    this.random = new SplittableRandom(seed);
  }

  synchronized @Nullable Fault roll() {
    return plan.pick(random.nextDouble(100));
  }
}
