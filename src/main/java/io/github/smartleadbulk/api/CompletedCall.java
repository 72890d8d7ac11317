package io.github.smartleadbulk.api;

/**
 * How one call ended.
 *
 * @param sent whether a byte of the request left this machine
 * @param at when its end was seen: the answer's headers, else that there will be none; on the
 *     {@link Time#nanos} clock
 * @param budget that the server says is left
 */
public record CompletedCall(CallResult result, boolean sent, long at, RemainingCalls budget) {}
