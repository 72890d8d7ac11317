package io.github.smartleadbulk.api;

/**
 * How one call ended.
 *
 * @param sent whether a byte of the request left this machine
 * @param at when the end was seen, on the {@link Time#nanos} clock: the headers of the answer
 *     arrived, or the call failed
 * @param budget the remaining calls, according to the server
 */
public record CompletedCall(CallResult result, boolean sent, long at, RemainingCalls budget) {}
