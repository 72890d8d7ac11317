/**
 * An append-only file of checksummed records. A record is on the disk before anything depends on
 * it, and a reader can tell a torn end from damage. What the records mean belongs in {@code state}.
 *
 * <p>Start at {@link io.github.smartleadbulk.journal.JournalWriter}; {@link
 * io.github.smartleadbulk.journal.Frame} has the format. May use {@code file} and the JDK only.
 */
@NullMarked
package io.github.smartleadbulk.journal;

import org.jspecify.annotations.NullMarked;
