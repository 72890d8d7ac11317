/**
 * The files that the program writes: {@code results.csv}, {@code failed.csv}, {@code before.csv},
 * {@code plan.csv}, {@code summary.json}, exports.
 *
 * <p>Start at {@link io.github.smartleadbulk.result.ResultsFile}. When a file is written, and from
 * what, belongs in {@code run} and {@code job}. May use {@code file}, {@code account}, Commons CSV
 * and Jackson.
 */
@NullMarked
package io.github.smartleadbulk.result;

import org.jspecify.annotations.NullMarked;
