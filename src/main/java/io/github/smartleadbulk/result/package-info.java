/**
 * The files that the program writes: {@code results.csv}, {@code failed.csv}, {@code before.csv},
 * {@code plan.csv}, {@code summary.json}, exports.
 *
 * <p>Start at {@link io.github.smartleadbulk.result.ResultsFile}. The packages {@code run} and
 * {@code job} decide when to write a file and what goes into it. May use {@code file}, {@code
 * account}, Commons CSV and Jackson.
 */
@NullMarked
package io.github.smartleadbulk.result;

import org.jspecify.annotations.NullMarked;
