package io.github.smartleadbulk.run;

import io.github.smartleadbulk.result.RunSummary;
import org.jspecify.annotations.Nullable;

/**
 * The result of a run.
 *
 * @param plan null for other runs than plans, and for a plan that was not made
 * @param fault what the user cannot mend; null where there is none
 */
public record RunResult(
    ExitCode exitCode, RunSummary summary, @Nullable PlanTotals plan, @Nullable Throwable fault) {}
