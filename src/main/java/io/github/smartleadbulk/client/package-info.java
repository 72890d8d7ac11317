/**
 * Sends updates and reads the account list inside the rate limits, whatever the server answers.
 *
 * <p>Start at {@link io.github.smartleadbulk.client.SmartleadClient} is the face, {@link
 * io.github.smartleadbulk.client.PacedClient} the engine, {@link
 * io.github.smartleadbulk.client.Admission} what holds calls back. Does not hold how a call is made
 * ({@code api}), and what becomes of a row ({@code job}). May use {@code api}, {@code account}.
 */
@NullMarked
package io.github.smartleadbulk.client;

import org.jspecify.annotations.NullMarked;
