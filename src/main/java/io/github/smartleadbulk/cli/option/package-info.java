/**
 * The options of the commands, and where their defaults come from. Options are picocli mixins,
 * which are checked once and turned into values.
 *
 * <p>Annotations on an option say where the help lists it ({@link
 * io.github.smartleadbulk.cli.option.Under}) and whether only the command line can set it ({@link
 * io.github.smartleadbulk.cli.option.OneRun}).
 *
 * <p>Start at {@link io.github.smartleadbulk.cli.option.SettingsDefaults} and {@link
 * io.github.smartleadbulk.cli.option.ApiOptions}. Commands and what they print do not belong here.
 * May use {@code cli.process} and what is below {@code cli}; picocli.
 */
@NullMarked
package io.github.smartleadbulk.cli.option;

import org.jspecify.annotations.NullMarked;
