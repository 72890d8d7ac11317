package io.github.smartleadbulk.job;

import io.github.smartleadbulk.result.RunSummary;
import org.jspecify.annotations.Nullable;

/**
 * What a run came to.
 *
 * @param fault what the user cannot mend; null where there is none
 */
public record RunResult(ExitCode exitCode, RunSummary summary, @Nullable Throwable fault) {}
