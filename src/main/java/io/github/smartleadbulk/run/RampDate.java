package io.github.smartleadbulk.run;

import java.time.LocalDate;

/**
 * Which day of which ramp plan the input of a run is.
 *
 * @param plan absolute path of the plan; {@code -} for standard input
 */
public record RampDate(String plan, LocalDate day) {}
