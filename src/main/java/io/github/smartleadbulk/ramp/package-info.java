/**
 * Ramp plans, which compute an account's daily limit from the date alone.
 *
 * <p>Start at {@link io.github.smartleadbulk.ramp.PlanReader}. Files, clocks and runs do not belong
 * here: {@code run.RampDay} turns a plan into the input of a run. May use {@code account} and the
 * JDK.
 */
@NullMarked
package io.github.smartleadbulk.ramp;

import org.jspecify.annotations.NullMarked;
