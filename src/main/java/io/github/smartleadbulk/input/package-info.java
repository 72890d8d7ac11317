/**
 * From the bytes of a CSV file to rows, and from rows to updates: encoding, dialect, header, cells,
 * duplicates. Start at {@code InputFile}. May use {@code account} and Commons CSV.
 */
@NullMarked
package io.github.smartleadbulk.input;

import org.jspecify.annotations.NullMarked;
