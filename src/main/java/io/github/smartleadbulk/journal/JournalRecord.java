package io.github.smartleadbulk.journal;

/**
 * An entry of a journal.
 *
 * @param kind what the content means
 * @param content not copied; do not change it
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares records.
public record JournalRecord(byte kind, byte[] content) {}
