/**
 * Compares values, to find what an update would change in an account and which cell would restore
 * it.
 *
 * <p>Start at {@link io.github.smartleadbulk.plan.UpdatePlan}. Nothing here sends, reads or stores
 * anything. May use {@code account} only.
 */
@NullMarked
package io.github.smartleadbulk.plan;

import org.jspecify.annotations.NullMarked;
