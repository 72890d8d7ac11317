/**
 * What an update would change, and what puts it back: values compared, nothing sent. Start at
 * {@link io.github.smartleadbulk.plan.Difference}. May use {@code account} only.
 */
@NullMarked
package io.github.smartleadbulk.plan;

import org.jspecify.annotations.NullMarked;
