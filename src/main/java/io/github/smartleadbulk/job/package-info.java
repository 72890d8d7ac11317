/**
 * A run as a Spring Batch job: its steps with their readers, writers and tasklets, the feeder and
 * the planner behind the update step, recovery after a kill, and how a run ends. What a run is and
 * how it is prepared belongs in {@code run}; what the guards compare belongs in {@code guard}.
 *
 * <p>Start at {@link io.github.smartleadbulk.job.UpdateRun}, then {@link
 * io.github.smartleadbulk.job.UpdateJob}, which lists the steps in order. May use all packages
 * below it, and is the only one that may use Spring Batch.
 */
@NullMarked
package io.github.smartleadbulk.job;

import org.jspecify.annotations.NullMarked;
