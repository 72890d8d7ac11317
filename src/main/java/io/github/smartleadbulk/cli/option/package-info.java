/**
 * The options of the commands: picocli mixins, checked once and turned into values, and where their
 * defaults come from.
 *
 * <p>Start at {@link io.github.smartleadbulk.cli.option.SettingsDefaults}, {@link
 * io.github.smartleadbulk.cli.option.ApiOptions}. Does not hold commands, and what they print. May
 * use {@code cli.process} and what is below {@code cli}; picocli.
 */
@NullMarked
package io.github.smartleadbulk.cli.option;

import org.jspecify.annotations.NullMarked;
