/**
 * Reads a CSV as rows that set fields: its header, cells and duplicates.
 *
 * <p>Start at {@link io.github.smartleadbulk.input.InputFile}. Bytes, encodings and quotes belong
 * in {@code csv}. Files that the program writes belong in {@code result}. May use {@code csv} and
 * {@code account}.
 */
@NullMarked
package io.github.smartleadbulk.input;

import org.jspecify.annotations.NullMarked;
