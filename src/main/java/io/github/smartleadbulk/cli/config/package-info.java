/**
 * The config file: where it is, what its lines say, and how a setting is shown.
 *
 * <p>Start at {@link io.github.smartleadbulk.cli.config.ConfigFiles}. Which names are settings is
 * not known here. May use {@code cli.process} and what is below {@code cli}; picocli only for the
 * exceptions of converters.
 */
@NullMarked
package io.github.smartleadbulk.cli.config;

import org.jspecify.annotations.NullMarked;
