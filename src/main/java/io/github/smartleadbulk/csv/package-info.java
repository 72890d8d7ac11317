/**
 * Reads real-world CSVs as records of text: encoding, delimiter, quotes, line numbers.
 *
 * <p>Start at {@link io.github.smartleadbulk.csv.CsvSource}. What a column means belongs in {@code
 * input}. May use {@code account} and Commons CSV.
 */
@NullMarked
package io.github.smartleadbulk.csv;

import org.jspecify.annotations.NullMarked;
