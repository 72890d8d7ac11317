package io.github.smartleadbulk.ramp;

import java.util.List;

/** The result of reading a ramp plan. The plan is valid as a whole or refused as a whole. */
public sealed interface PlanReading {

  /** The plan is valid. */
  record Good(RampPlan plan) implements PlanReading {}

  /**
   * The plan has problems, and no part of it may be used.
   *
   * @param problems all problems, in file order, one line each: {@code line 7: step: found "x",
   *     expected …; cap: …}
   * @param unknownCurves the names of curves that rows name and nobody has defined
   */
  record Refused(List<String> problems, List<String> unknownCurves) implements PlanReading {

    public Refused {
      problems = List.copyOf(problems);
      unknownCurves = List.copyOf(unknownCurves);
    }
  }
}
