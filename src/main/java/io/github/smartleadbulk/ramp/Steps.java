package io.github.smartleadbulk.ramp;

/**
 * Rises by the same step at the same distance.
 *
 * @param start on the first day
 * @param step 1 or more
 * @param every how many counted days from one step to the next, 1 or more
 * @param cap not below start
 */
record Steps(long start, long step, long every, long cap) implements Course {

  @Override
  public long limitAfter(long countedDays) {
    long steps = countedDays / every;
    // Not cap < start + steps * step, which overflows for large steps.
    return steps > (cap - start) / step ? cap : start + steps * step;
  }
}
