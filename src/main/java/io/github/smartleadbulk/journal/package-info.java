/**
 * An append-only file of checksummed records: what was appended is on the disk before anything
 * depends on it, and a reader knows a torn end from a damaged file. Start at {@link
 * io.github.smartleadbulk.journal.JournalWriter}; the format is in {@link
 * io.github.smartleadbulk.journal.Frame}. Knows nothing of what the records mean; uses {@code file}
 * and the JDK only.
 */
@NullMarked
package io.github.smartleadbulk.journal;

import org.jspecify.annotations.NullMarked;
