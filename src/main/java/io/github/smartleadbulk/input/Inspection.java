package io.github.smartleadbulk.input;

/**
 * A whole file in numbers, duplicates taken into account.
 *
 * @param rows all of them
 * @param valid rows whose settings are to be sent, joined ones included
 * @param skipped rows that set nothing
 * @param addressed rows, also invalid ones, that have an address and in the file no id, or none
 *     that can be read
 */
public record Inspection(
    long rows, long valid, long invalid, long skipped, long addressed, Duplicates duplicates) {}
