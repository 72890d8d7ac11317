/**
 * What keeps a run from doing more, or longer, than was meant.
 *
 * <p>Start at {@link io.github.smartleadbulk.guard.Guards}. Does not hold what happens when a guard
 * objects ({@code job}). May use {@code client}, {@code input}, {@code template}, {@code account}.
 */
@NullMarked
package io.github.smartleadbulk.guard;

import org.jspecify.annotations.NullMarked;
