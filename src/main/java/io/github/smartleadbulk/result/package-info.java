/**
 * The files that a run leaves: {@code results.csv}, {@code failed.csv}, {@code summary.json}. Start
 * at {@link io.github.smartleadbulk.result.ResultsFile}. May use {@code account}, Commons CSV and
 * Jackson.
 */
@NullMarked
package io.github.smartleadbulk.result;

import org.jspecify.annotations.NullMarked;
