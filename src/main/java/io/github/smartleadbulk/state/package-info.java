/**
 * What outlives the process: the runs, the journal of outcomes and Spring Batch's tables, in one H2
 * file. Start at {@link io.github.smartleadbulk.state.StateStore}. May use {@code account}, H2 and
 * Spring JDBC; the only package with SQL.
 */
@NullMarked
package io.github.smartleadbulk.state;

import org.jspecify.annotations.NullMarked;
