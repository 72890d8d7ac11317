/**
 * An append-only file of checksummed records. A record is on the disk before anything depends on
 * it. A reader can tell a torn end from damage. The package {@code state} knows what the records
 * mean.
 *
 * <p>Start at {@link io.github.smartleadbulk.journal.JournalWriter}; {@link
 * io.github.smartleadbulk.journal.Frame} describes the format. May use only {@code file} and the
 * JDK.
 */
@NullMarked
package io.github.smartleadbulk.journal;

import org.jspecify.annotations.NullMarked;
