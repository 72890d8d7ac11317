/**
 * The SmartLead API: requests, answers as values, rate limit, retries, the key. Start at {@code
 * SmartleadClient}. May use {@code account}, Retrofit, OkHttp and Jackson.
 */
@NullMarked
package io.github.smartleadbulk.client;

import org.jspecify.annotations.NullMarked;
