/**
 * Sends updates and reads the account list within the rate limits, whatever the server answers.
 *
 * <p>Start at {@link io.github.smartleadbulk.client.SmartleadClient}, the interface; {@link
 * io.github.smartleadbulk.client.ClientPool} makes clients, {@link
 * io.github.smartleadbulk.client.PacedClient} is one, and {@link
 * io.github.smartleadbulk.client.Admission} decides when a call may be sent. How a single call is
 * made belongs in {@code api}; what becomes of a row belongs in {@code job}. May use {@code api}
 * and {@code account}.
 */
@NullMarked
package io.github.smartleadbulk.client;

import org.jspecify.annotations.NullMarked;
