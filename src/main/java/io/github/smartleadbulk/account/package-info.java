/**
 * The values that all other packages use: fields, rows, updates, outcomes.
 *
 * <p>Start at {@link io.github.smartleadbulk.account.AccountField}, which knows everything about a
 * field. Nothing here reads files, calls the API or stores anything. May use only the JDK and
 * JSpecify.
 */
@NullMarked
package io.github.smartleadbulk.account;

import org.jspecify.annotations.NullMarked;
