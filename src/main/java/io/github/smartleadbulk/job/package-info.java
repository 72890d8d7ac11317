/**
 * A run as a Spring Batch job: what begins or resumes it, its steps, how it stops and how it ends.
 * Start at {@link io.github.smartleadbulk.job.UpdateRun}. May use all packages below and Spring;
 * the only package that knows Spring Batch.
 */
@NullMarked
package io.github.smartleadbulk.job;

import org.jspecify.annotations.NullMarked;
