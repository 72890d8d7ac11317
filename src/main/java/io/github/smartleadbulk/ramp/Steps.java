package io.github.smartleadbulk.ramp;

/**
 * A course that rises by the same step at regular intervals.
 *
 * @param start the limit on the first day
 * @param step 1 or more
 * @param every the number of counted days between steps, 1 or more
 * @param cap the highest limit, not below start
 */
record Steps(long start, long step, long every, long cap) implements Course {

  @Override
  public long limitAfter(long countedDays) {
    long steps = countedDays / every;
    // The simpler cap < start + steps * step would overflow for large steps.
    return steps > (cap - start) / step ? cap : start + steps * step;
  }
}
