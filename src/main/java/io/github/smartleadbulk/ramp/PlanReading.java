package io.github.smartleadbulk.ramp;

import java.util.List;

/** What came of reading a plan: it is good as a whole or not at all. */
public sealed interface PlanReading {

  /** Nothing is wrong. */
  record Good(RampPlan plan) implements PlanReading {}

  /**
   * Something is wrong, and nothing of the plan may be used.
   *
   * @param problems everything that is wrong, in the file's order, one line each: {@code line 7:
   *     step: found "x", expected …; cap: …}
   */
  record Refused(List<String> problems) implements PlanReading {

    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
