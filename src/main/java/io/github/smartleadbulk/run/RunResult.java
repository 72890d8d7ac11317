package io.github.smartleadbulk.run;

import io.github.smartleadbulk.result.RunSummary;
import org.jspecify.annotations.Nullable;

/**
 * The result of a run.
 *
 * @param plan the totals of a plan; null for other runs, and for a plan that was not made
 * @param fault a fault that the user cannot fix; null for none
 */
public record RunResult(
    ExitCode exitCode, RunSummary summary, @Nullable PlanTotals plan, @Nullable Throwable fault) {}
