/**
 * What outlives the process: the state folder with the journals of its runs and the H2 database
 * that is made from them. What the journals mean belongs here; how records reach the disk belongs
 * in {@code journal}. Decisions about runs belong in {@code run}.
 *
 * <p>Start at {@link io.github.smartleadbulk.state.StateStore}. May use {@code journal}, {@code
 * account}, {@code file}, H2 and Spring JDBC. It is the only package with SQL.
 */
@NullMarked
package io.github.smartleadbulk.state;

import org.jspecify.annotations.NullMarked;
