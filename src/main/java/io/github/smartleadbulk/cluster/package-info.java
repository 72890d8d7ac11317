/**
 * Work that is shared out among machines: runs that wait for a worker, and schedules. The engine is
 * db-scheduler, which is used nowhere else.
 *
 * <p>Start at {@link io.github.smartleadbulk.cluster.Worker}.
 */
@NullMarked
package io.github.smartleadbulk.cluster;

import org.jspecify.annotations.NullMarked;
