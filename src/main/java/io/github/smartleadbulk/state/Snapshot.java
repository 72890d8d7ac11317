package io.github.smartleadbulk.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a run has read the account list.
 *
 * @param nextOffset where the next page begins
 * @param complete whether the list was read to its end
 * @param sufficient whether the run has found in it what it needs
 * @param readAt when the latest page was read
 * @param fault why the list was not read whole, though to its end; null if it was, or is not read
 *     yet
 */
public record Snapshot(
    long nextOffset,
    boolean complete,
    boolean sufficient,
    Instant readAt,
    @Nullable String fault) {}
