package io.github.smartleadbulk.client;

import java.time.Duration;

/**
 * How one call ended.
 *
 * @param sent whether a byte of the request left this machine
 * @param at when its end was seen: the answer's headers, else that there will be none; on the
 *     {@link Time#nanos} clock
 * @param exhausted for how long the server says that the key's budget is used up; zero if it is not
 */
record CallEnd(Reply reply, boolean sent, long at, Duration exhausted) {}
