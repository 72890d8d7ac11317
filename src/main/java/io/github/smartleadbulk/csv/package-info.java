/**
 * CSV files as people have them, as records of text.
 *
 * <p>Start at {@link io.github.smartleadbulk.csv.CsvSource} is a file, {@link
 * io.github.smartleadbulk.csv.CsvRecords} its records. Does not hold what a column means ({@code
 * input}). May use {@code account}; Commons CSV.
 */
@NullMarked
package io.github.smartleadbulk.csv;

import org.jspecify.annotations.NullMarked;
