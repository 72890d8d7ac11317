/**
 * The program at the terminal: commands, settings, messages, exit codes. Start at {@link
 * io.github.smartleadbulk.cli.Main}. May use all other packages; the only one that knows picocli.
 */
@NullMarked
package io.github.smartleadbulk.cli;

import org.jspecify.annotations.NullMarked;
