package io.github.smartleadbulk.client;

import java.time.Instant;

/**
 * What holds the client back now.
 *
 * @param cause a rate window as its setting spells it ({@code 800/h}), {@code 429}, {@code
 *     server-limit} or {@code outage}
 * @param text the reason for people, followed by "until 14:05:10"
 * @param until when the next call may be sent
 */
public record Waiting(String cause, String text, Instant until) {}
