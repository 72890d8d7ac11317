/**
 * Stops a run before it does more, or takes longer, than you meant: limits on changes, the
 * deadline, and warnings about texts.
 *
 * <p>Start at {@link io.github.smartleadbulk.guard.Guards}. Guards only judge; what happens when
 * one objects belongs in {@code job}. May use {@code client}, {@code input}, {@code template},
 * {@code account}.
 */
@NullMarked
package io.github.smartleadbulk.guard;

import org.jspecify.annotations.NullMarked;
