/**
 * The SmartLead API: one call, and what its answer means as a value. Knows nothing of limits,
 * retries and rows.
 *
 * <p>Start at {@link io.github.smartleadbulk.api.Transport} makes the calls, {@link
 * io.github.smartleadbulk.api.AnswerReader} reads the answers. Does not hold when a call may be
 * sent ({@code client}). May use {@code account}; Retrofit, OkHttp and Jackson stay inside.
 */
@NullMarked
package io.github.smartleadbulk.api;

import org.jspecify.annotations.NullMarked;
