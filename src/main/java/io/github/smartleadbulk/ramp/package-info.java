/**
 * Ramp plans: an account's daily limit as a function of the date and of nothing else. Start at
 * {@link io.github.smartleadbulk.ramp.PlanReader}. May use {@code account} and the JDK; knows
 * neither files nor clocks.
 */
@NullMarked
package io.github.smartleadbulk.ramp;

import org.jspecify.annotations.NullMarked;
