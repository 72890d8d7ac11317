/**
 * What a run is: the request, its options, preparation, files and results, and the runs that follow
 * it. The steps of a run belong in {@code job}, with everything else that needs Spring Batch.
 *
 * <p>Start at {@link io.github.smartleadbulk.run.RunPreparation} and {@link
 * io.github.smartleadbulk.run.RunOptions}. May use {@code guard}, {@code fill} and the packages
 * below them.
 */
@NullMarked
package io.github.smartleadbulk.run;

import org.jspecify.annotations.NullMarked;
