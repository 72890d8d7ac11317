package io.github.smartleadbulk.account;

import java.util.List;
import java.util.Map;

/**
 * A row of a table other than an update file, as text.
 *
 * @param number counts the records after the header, from 1
 * @param line the physical line where the record starts, from 1
 * @param cellsByColumn the cells exactly as in the file, by the columns' own names; empty if it is
 *     not known which cell belongs to which column
 * @param problems the problems that do not depend on the content of cells
 */
public record TableRow(
    long number, long line, Map<String, String> cellsByColumn, List<RowProblem> problems) {}
