package io.github.smartleadbulk.account;

import java.util.List;

/**
 * A row of the input as text.
 *
 * @param number counts the records after the header, from 1
 * @param line the physical line where the record starts, from 1
 * @param cells the cells exactly as in the file, as many as the record has
 */
public record AccountRow(long number, long line, List<String> cells) {}
