/**
 * A stand-in for the SmartLead API over real HTTP on loopback. Start at {@code Sandbox}. May use
 * {@code account} and Jackson.
 */
@NullMarked
package io.github.smartleadbulk.sandbox;

import org.jspecify.annotations.NullMarked;
