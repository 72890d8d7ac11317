package io.github.smartleadbulk.input;

/**
 * A whole file in numbers, duplicates taken into account.
 *
 * @param rows all of them
 * @param valid rows whose settings are to be sent, joined ones included
 * @param skipped rows that set nothing
 */
public record Inspection(
    long rows, long valid, long invalid, long skipped, Duplicates duplicates) {}
