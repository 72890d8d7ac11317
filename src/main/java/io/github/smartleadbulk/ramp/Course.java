package io.github.smartleadbulk.ramp;

/** How a limit rises with the days that count. It never falls. */
sealed interface Course permits Steps, Curve {

  /**
   * The limit on a day.
   *
   * @param countedDays since the first day, which is day 0
   */
  long limitAfter(long countedDays);

  /** The same course where a week has so many days that count, 1 to 7. */
  default Course inWeeksOf(int days) {
    return this;
  }
}
