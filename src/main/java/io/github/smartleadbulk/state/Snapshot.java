package io.github.smartleadbulk.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a run has read the account list.
 *
 * @param nextOffset where the next page begins
 * @param complete whether the list was read to its end
 * @param sufficient whether it holds every account that the run needs
 * @param readAt when the latest page was read
 * @param fault why a list that was read to its end is not whole; null if it is whole or not read
 *     yet
 */
public record Snapshot(
    long nextOffset,
    boolean complete,
    boolean sufficient,
    Instant readAt,
    @Nullable String fault) {}
