/**
 * What outlives the process: the state folder, with the journals of its runs and the H2 database
 * built from them. This package knows what the journals mean; {@code journal} brings their records
 * to the disk, and {@code run} makes the decisions about runs.
 *
 * <p>Start at {@link io.github.smartleadbulk.state.StateStore}. May use {@code journal}, {@code
 * account}, {@code file}, H2 and Spring JDBC. It is the only package with SQL.
 */
@NullMarked
package io.github.smartleadbulk.state;

import org.jspecify.annotations.NullMarked;
