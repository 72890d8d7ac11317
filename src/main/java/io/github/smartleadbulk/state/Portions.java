package io.github.smartleadbulk.state;

import io.github.smartleadbulk.account.HeapShare;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Splits rows into portions that fit in memory: H2 holds all rows that a statement reads or
 * deletes, and all rows that a transaction has changed.
 */
final class Portions {

  static final int MOST_ROWS = 10_000;
  private static final int FIRST_LOOK = 64;
  private static final int BYTES_PER_CHARACTER = 2;

  private Portions() {}

  /**
   * How many rows the next portion has: as many as fit in {@link HeapShare#BYTES}, but at least one
   * if any are left.
   *
   * @param lengths a query for the length of each row's texts, in row order
   */
  static int next(JdbcClient jdbc, int mostRows, String lengths, Object... parameters) {
    int looked = FIRST_LOOK;
    while (true) {
      int limit = Math.min(looked, mostRows);
      int rows =
          jdbc.sql(lengths + " FETCH FIRST " + limit + " ROWS ONLY")
              .params(parameters)
              .query(fitting());
      if (rows < limit || limit == mostRows) {
        return rows;
      }
      // The look-ahead grows step by step because H2 reads the texts to find their length.
      looked *= 4;
    }
  }

  private static ResultSetExtractor<Integer> fitting() {
    return row -> {
      long bytes = 0;
      int rows = 0;
      while (row.next()) {
        bytes += BYTES_PER_CHARACTER * row.getLong(1);
        if (rows > 0 && bytes > HeapShare.BYTES) {
          break;
        }
        rows++;
      }
      return rows;
    };
  }

  /**
   * Deletes rows. Each portion has its own transaction unless the caller has one.
   *
   * @param which the table and the condition
   * @param length an expression for the length of a row's texts
   */
  static void delete(JdbcClient jdbc, String which, String length, Object... parameters) {
    int rows;
    do {
      rows = next(jdbc, MOST_ROWS, "SELECT " + length + " FROM " + which, parameters);
      if (rows > 0) {
        jdbc.sql("DELETE FROM " + which + " FETCH FIRST " + rows + " ROWS ONLY")
            .params(parameters)
            .update();
      }
    } while (rows > 0);
  }
}
