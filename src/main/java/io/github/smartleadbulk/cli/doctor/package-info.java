/**
 * What {@code doctor} checks: this machine, the state folder, and the way to the API.
 *
 * <p>Each check returns {@linkplain io.github.smartleadbulk.cli.doctor.Finding findings} and throws
 * nothing for what it was made to find. May use {@code cli.output} and what is below it.
 */
@NullMarked
package io.github.smartleadbulk.cli.doctor;

import org.jspecify.annotations.NullMarked;
