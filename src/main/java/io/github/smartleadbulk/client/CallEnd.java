package io.github.smartleadbulk.client;

import java.time.Duration;

/**
 * How one call ended.
 *
 * @param sent whether a byte of the request left this machine
 * @param exhausted for how long the server says that the key's budget is used up; zero if it is not
 */
record CallEnd(Reply reply, boolean sent, Duration exhausted) {}
