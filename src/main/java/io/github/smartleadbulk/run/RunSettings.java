package io.github.smartleadbulk.run;

import io.github.smartleadbulk.guard.Guards;

/**
 * How a run is carried out. The settings may differ between the processes of a run.
 *
 * @param strict whether one invalid row keeps all rows from being sent
 * @param resumesStale whether to go on although a later run has set the same fields
 * @param invocation for the commands that messages offer
 */
public record RunSettings(
    boolean strict,
    SnapshotSettings snapshot,
    Guards guards,
    boolean resumesStale,
    Invocation invocation) {}
