/**
 * What commands print for people and for scripts.
 *
 * <p>Start at {@link io.github.smartleadbulk.cli.output.RunReport}, {@link
 * io.github.smartleadbulk.cli.output.FinalReport}. Does not hold what a command does. May use
 * {@code cli.option}, {@code cli.process} and what is below {@code cli}; picocli for colours.
 */
@NullMarked
package io.github.smartleadbulk.cli.output;

import org.jspecify.annotations.NullMarked;
