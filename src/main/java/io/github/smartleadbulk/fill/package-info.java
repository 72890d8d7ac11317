/**
 * Sets fields of every row: values and templates, filled with the cells of the row and the values
 * of its account.
 *
 * <p>Start at {@link io.github.smartleadbulk.fill.RowFilling}. Does not hold template syntax
 * ({@code template}). May use {@code input}, {@code template}, {@code account}.
 */
@NullMarked
package io.github.smartleadbulk.fill;

import org.jspecify.annotations.NullMarked;
