/**
 * The options of the commands: picocli mixins, checked once and turned into values, and where their
 * defaults come from.
 *
 * <p>An option says itself where the help lists it ({@link
 * io.github.smartleadbulk.cli.option.Under}) and whether the config file can set it ({@link
 * io.github.smartleadbulk.cli.option.OneRun}).
 *
 * <p>Start at {@link io.github.smartleadbulk.cli.option.SettingsDefaults} and {@link
 * io.github.smartleadbulk.cli.option.ApiOptions}. Commands and what they print do not belong here.
 * May use {@code cli.process} and what is below {@code cli}; picocli.
 */
@NullMarked
package io.github.smartleadbulk.cli.option;

import org.jspecify.annotations.NullMarked;
