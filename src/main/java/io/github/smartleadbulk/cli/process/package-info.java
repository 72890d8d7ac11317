/**
 * The process around a command: its streams, variables and signals, and how it is halted.
 *
 * <p>Start at {@link io.github.smartleadbulk.cli.process.ProcessEnvironment} and {@link
 * io.github.smartleadbulk.cli.process.Signals}. Options and commands do not belong here. May use
 * what is below {@code cli}; picocli for colours.
 */
@NullMarked
package io.github.smartleadbulk.cli.process;

import org.jspecify.annotations.NullMarked;
