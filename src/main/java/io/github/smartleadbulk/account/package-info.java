/**
 * The values that all other packages speak about: fields, rows, updates, outcomes. Start at {@link
 * io.github.smartleadbulk.account.AccountField}. May use the JDK and JSpecify only.
 */
@NullMarked
package io.github.smartleadbulk.account;

import org.jspecify.annotations.NullMarked;
