/**
 * Metrics of runs for Prometheus, as a file for the node exporter's textfile collector.
 *
 * <p>Start at {@link io.github.smartleadbulk.metrics.MetricsFile}. Whether to write the file, and
 * what to do when that fails, is decided in {@code cli}. May use {@code history} and what is below
 * it. Only this package knows the Prometheus library, and its classes are loaded only if somebody
 * wants metrics.
 */
@NullMarked
package io.github.smartleadbulk.metrics;

import org.jspecify.annotations.NullMarked;
