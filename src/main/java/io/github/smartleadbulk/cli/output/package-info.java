/**
 * What commands print for people and for scripts.
 *
 * <p>Start at {@link io.github.smartleadbulk.cli.output.RunReport} and {@link
 * io.github.smartleadbulk.cli.output.FinalReport}. What a command does belongs in {@code cli}. May
 * use {@code cli.target}, {@code cli.option}, {@code cli.process} and what is below {@code cli};
 * Jackson to write JSON.
 */
@NullMarked
package io.github.smartleadbulk.cli.output;

import org.jspecify.annotations.NullMarked;
