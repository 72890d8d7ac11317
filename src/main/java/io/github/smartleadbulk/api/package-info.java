/**
 * The SmartLead API: makes one call and turns its answer into a value. Knows nothing about limits,
 * retries or rows.
 *
 * <p>Start at {@link io.github.smartleadbulk.api.Transport}, which makes the calls; {@link
 * io.github.smartleadbulk.api.AnswerReader} reads the answers. When a call may be sent is decided
 * in {@code client}. May use {@code account}; Retrofit and OkHttp do not leave this package.
 */
@NullMarked
package io.github.smartleadbulk.api;

import org.jspecify.annotations.NullMarked;
