/**
 * The commands, the help, and how a command ends: messages and exit codes.
 *
 * <p>Start at {@link io.github.smartleadbulk.cli.Main}, then read {@link
 * io.github.smartleadbulk.cli.Program} and {@link io.github.smartleadbulk.cli.UpdateCommand}. What
 * a run is belongs in {@code run}; its steps belong in {@code job}. May use all other packages.
 * Only {@code cli} and the packages in it know picocli.
 */
@NullMarked
package io.github.smartleadbulk.cli;

import org.jspecify.annotations.NullMarked;
