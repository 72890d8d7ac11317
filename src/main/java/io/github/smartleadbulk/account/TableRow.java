package io.github.smartleadbulk.account;

import java.util.List;
import java.util.Map;

/**
 * A row of a table that is no update file, as text.
 *
 * @param number counts the records after the header, from 1
 * @param line the physical line where the record starts, from 1
 * @param cellsByColumn by the columns' own names, as they stand in the file; empty where it is not
 *     known which cell is which
 * @param problems what is wrong with the row whatever its cells say
 */
public record TableRow(
    long number, long line, Map<String, String> cellsByColumn, List<RowProblem> problems) {}
