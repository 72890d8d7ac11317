/**
 * The process around a command: its streams, environment, signals, and how it is halted.
 *
 * <p>Start at {@link io.github.smartleadbulk.cli.process.ProcessEnvironment}, {@link
 * io.github.smartleadbulk.cli.process.Signals}. Does not hold options and commands. May use what is
 * below {@code cli}.
 */
@NullMarked
package io.github.smartleadbulk.cli.process;

import org.jspecify.annotations.NullMarked;
