/**
 * Ramp plans: an account's daily limit, computed from the date and nothing else.
 *
 * <p>Start at {@link io.github.smartleadbulk.ramp.PlanReader}. Files, clocks and runs do not belong
 * here: {@code run.RampDay} makes a run's input from a plan. May use {@code account} and the JDK.
 */
@NullMarked
package io.github.smartleadbulk.ramp;

import org.jspecify.annotations.NullMarked;
