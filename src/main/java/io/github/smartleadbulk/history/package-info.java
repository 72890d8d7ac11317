/**
 * What the history answers: which runs there were and what became of them, what was changed in an
 * account, whether all is well, and what is left of the rate limits.
 *
 * <p>Start at {@link io.github.smartleadbulk.history.RecordedRuns}. Everything here reads the state
 * folder and calls no API. May use {@code run} and what is below it.
 */
@NullMarked
package io.github.smartleadbulk.history;

import org.jspecify.annotations.NullMarked;
