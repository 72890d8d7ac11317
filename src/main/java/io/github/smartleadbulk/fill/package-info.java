/**
 * Fills fields of every row with a value or a template ({@code --set}). A template takes the row's
 * cells and the values of its account.
 *
 * <p>Start at {@link io.github.smartleadbulk.fill.RowFilling}. The syntax of templates belongs in
 * {@code template}, the reading of cells in {@code input}. May use {@code input}, {@code plan},
 * {@code template}, {@code csv}, {@code account}.
 */
@NullMarked
package io.github.smartleadbulk.fill;

import org.jspecify.annotations.NullMarked;
