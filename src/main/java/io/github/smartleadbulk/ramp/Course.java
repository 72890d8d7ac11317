package io.github.smartleadbulk.ramp;

/** How a limit rises with each day that counts. It never falls. */
sealed interface Course permits Steps, Curve {

  /**
   * The limit on a day.
   *
   * @param countedDays how many days have counted since the first day, which is day 0
   */
  long limitAfter(long countedDays);

  /** This course for weeks with this many days that count, 1 to 7. */
  default Course inWeeksOf(int days) {
    return this;
  }
}
