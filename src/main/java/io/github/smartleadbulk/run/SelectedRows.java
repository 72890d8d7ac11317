package io.github.smartleadbulk.run;

import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.input.Duplicates;
import io.github.smartleadbulk.input.InputFile;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.input.InputRows;
import io.github.smartleadbulk.result.ByteOrderMark;
import io.github.smartleadbulk.result.Dialect;
import io.github.smartleadbulk.result.FailedFile;
import io.github.smartleadbulk.state.Outcomes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Rows of a run's input that need attention, selected by their outcome, as a CSV that can be run
 * again.
 */
public record SelectedRows(InputFile input, Outcomes outcomes, int run) {

  /**
   * Writes the rows, with the status and message after their own cells.
   *
   * @return the number of rows
   */
  public long writeTo(Path path, Predicate<RowOutcome> chosen, ByteOrderMark mark)
      throws IOException {
    return writeTo(path, chosen, mark, (row, outcome) -> {});
  }

  /**
   * Writes the rows as {@link #writeTo(Path, Predicate, ByteOrderMark)} does.
   *
   * @param taker takes each row that is written
   */
  long writeTo(
      Path path,
      Predicate<RowOutcome> chosen,
      ByteOrderMark mark,
      BiConsumer<InputRow, RowOutcome> taker)
      throws IOException {
    long written = 0;
    JournalledOutcomes journalled =
        new JournalledOutcomes(outcomes, run, RowStatus.NEEDING_ATTENTION);
    try (InputRows rows = input.rows(Duplicates.none());
        FailedFile file = new FailedFile(path, input.header().names(), dialect(mark))) {
      for (InputRow row = rows.read(); row != null; row = rows.read()) {
        Optional<RowOutcome> outcome = journalled.find(row.row().number());
        if (outcome.filter(chosen).isPresent()) {
          file.append(row.row(), outcome.get());
          taker.accept(row, outcome.get());
          written++;
        }
      }
    }
    return written;
  }

  /** The dialect of the input, so that the same options can read both files. */
  private Dialect dialect(ByteOrderMark mark) {
    boolean marked =
        input.hasByteOrderMark()
            || (mark == ByteOrderMark.FOR_EXCEL && input.charset().equals(StandardCharsets.UTF_8));
    return new Dialect(input.charset(), marked, input.delimiter(), input.hasSeparatorLine());
  }
}
