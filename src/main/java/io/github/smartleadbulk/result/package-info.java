/**
 * The files that the program writes: {@code results.csv}, {@code failed.csv}, {@code before.csv},
 * {@code plan.csv}, {@code summary.json}, exports. Start at {@link
 * io.github.smartleadbulk.result.ResultsFile}. May use {@code account}, Commons CSV and Jackson.
 */
@NullMarked
package io.github.smartleadbulk.result;

import org.jspecify.annotations.NullMarked;
