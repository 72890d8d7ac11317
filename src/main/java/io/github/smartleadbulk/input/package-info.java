/**
 * Reads a CSV as rows that set fields: header, cells, duplicates.
 *
 * <p>Start at {@link io.github.smartleadbulk.input.InputFile}. Bytes, encodings and quotes belong
 * in {@code csv}, files that the program writes in {@code result}. May use {@code csv} and {@code
 * account}.
 */
@NullMarked
package io.github.smartleadbulk.input;

import org.jspecify.annotations.NullMarked;
