/**
 * What a run is: what is asked, its options, preparation, files, end and history, and the runs that
 * follow it.
 *
 * <p>Start at {@link io.github.smartleadbulk.run.RunPreparation}, {@link
 * io.github.smartleadbulk.run.RunOptions}. Does not hold Spring Batch ({@code job}). May use {@code
 * guard}, {@code fill} and the stages below.
 */
@NullMarked
package io.github.smartleadbulk.run;

import org.jspecify.annotations.NullMarked;
