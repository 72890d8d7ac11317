/**
 * A stand-in for the SmartLead API over real HTTP on loopback, with accounts, rate limits and
 * faults. How a client handles them does not belong here. Start at {@code Sandbox}. May use {@code
 * account}, Jackson, the JDK's HTTP server and H2's key-value store.
 */
@NullMarked
package io.github.smartleadbulk.sandbox;

import org.jspecify.annotations.NullMarked;
