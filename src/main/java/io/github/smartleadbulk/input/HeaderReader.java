package io.github.smartleadbulk.input;

import io.github.smartleadbulk.account.AccountRow;
import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.csv.CsvRecords;
import io.github.smartleadbulk.csv.CsvSource;
import io.github.smartleadbulk.csv.Delimiter;
import io.github.smartleadbulk.csv.InputException;
import io.github.smartleadbulk.csv.SeparatorLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the header and the delimiter. The right delimiter gives the most known column names. */
record HeaderReader(CsvSource source, InputOptions options, ColumnNames names) {

  /**
   * In how many records to look for a header that is not the first. Titles and remarks are short.
   */
  private static final int LOOKED_AT = 20;

  /**
   * A header and its delimiter.
   *
   * @param separatorLine whether a line before the header names the delimiter
   */
  record Found(char delimiter, Header header, boolean separatorLine) {}

  Found read() throws IOException {
    source.checkStart();
    Attempt best = best();
    if (best.fault() != null) {
      throw best.fault();
    }
    HeaderCheck check = best.check();
    if (check == null) {
      throw source.refused(
          "found nothing in the file, expected a header with column names such as "
              + names.example());
    }
    if (!check.problems().isEmpty()) {
      throw refused(best, check);
    }
    return new Found(best.delimiter(), check.header(), SeparatorLine.delimiter(source) != null);
  }

  /** The header, even if it has problems; empty if no column is known. */
  Optional<Header> readAsItIs() throws IOException {
    HeaderCheck check = best().check();
    return Optional.ofNullable(check).filter(one -> one.known() > 0).map(HeaderCheck::header);
  }

  /**
   * The first record, read with one delimiter. It has a check or a fault, or neither if the file is
   * empty.
   */
  private record Attempt(
      char delimiter,
      @Nullable AccountRow first,
      @Nullable HeaderCheck check,
      @Nullable InputException fault) {

    int known() {
      return check == null ? 0 : check.known();
    }

    int cells() {
      return first == null ? 0 : first.cells().size();
    }
  }

  private Attempt attempt(char delimiter) throws IOException {
    try (CsvRecords records = source.openHeader(delimiter)) {
      AccountRow first = records.read();
      HeaderCheck check = first == null ? null : new HeaderCheck(first, options, names);
      return new Attempt(delimiter, first, check, null);
    } catch (InputException fault) {
      return new Attempt(delimiter, null, null, fault);
    }
  }

  private Attempt best() throws IOException {
    Character given = options.delimiter();
    if (given == null) {
      given = SeparatorLine.delimiter(source);
    }
    return given == null ? best(Delimiter.CANDIDATES) : attempt(given);
  }

  private Attempt best(List<Character> delimiters) throws IOException {
    Attempt best = attempt(delimiters.get(0));
    for (char delimiter : delimiters.subList(1, delimiters.size())) {
      Attempt attempt = attempt(delimiter);
      // A wrong delimiter makes quotes look wrong, so a fault counts only if no delimiter fits.
      boolean better =
          attempt.known() > best.known()
              || (attempt.known() == best.known()
                  && best.fault() == null
                  && attempt.cells() > best.cells());
      if (better) {
        best = attempt;
      }
    }
    return best;
  }

  private InputException refused(Attempt attempt, HeaderCheck check) throws IOException {
    Header header = check.header();
    String otherPlace = otherPlace(attempt);
    if (otherPlace != null) {
      return source.refused(header.line(), otherPlace);
    }
    List<String> lines = new ArrayList<>(check.problems());
    String other = names.areAboutAccounts() ? otherDelimiter(attempt) : null;
    if (other != null) {
      lines.add(other);
    } else {
      lines.addAll(check.hints());
    }
    return source.refused(
        header.line(),
        lines.size() == 1
            ? lines.get(0)
            : "the header cannot be used\n  " + String.join("\n  ", lines));
  }

  /**
   * A message that says where the header may be instead; null if nothing else looks like a header.
   */
  private @Nullable String otherPlace(Attempt attempt) throws IOException {
    String line = attempt.first() == null ? "" : attempt.first().cells().get(0);
    if (attempt.cells() == 1 && best(Delimiter.CANDIDATES).cells() == 1 && isQuotedLine(line)) {
      return "found "
          + Cells.shown(line)
          + " in one cell, expected each name in its own cell: the file quotes every line as a whole."
          + " In a spreadsheet, split the column (in Excel: Data, Text to"
          + " Columns) and save the sheet as CSV again";
    }
    Long header = laterHeader(attempt);
    return header == null
        ? null
        : "the header seems to be in line %d: delete the lines before it".formatted(header);
  }

  /** Whether the text of one cell is a whole header. */
  private boolean isQuotedLine(String text) {
    return Delimiter.CANDIDATES.stream()
        .map(delimiter -> Arrays.asList(text.split(Pattern.quote(delimiter.toString()), -1)))
        .filter(cells -> cells.size() > 1)
        .map(cells -> new HeaderCheck(new AccountRow(0, 1, cells), options, names))
        .anyMatch(check -> check.known() > 1);
  }

  /** The line of the first record near the start that is a valid header; null if there is none. */
  private @Nullable Long laterHeader(Attempt attempt) throws IOException {
    List<Character> delimiters =
        options.delimiter() == null ? Delimiter.CANDIDATES : List.of(attempt.delimiter());
    for (char delimiter : delimiters) {
      try (CsvRecords records = source.openHeader(delimiter)) {
        for (int i = 0; i < LOOKED_AT; i++) {
          AccountRow row = records.read();
          if (row == null) {
            break;
          }
          HeaderCheck check = new HeaderCheck(row, options, names);
          if (row.number() > 0 && check.known() > 1 && check.problems().isEmpty()) {
            return row.line();
          }
        }
      } catch (InputException fault) {
        // Faults matter only after a header has been found.
      }
    }
    return null;
  }

  /**
   * A message about a delimiter that gives no known names; null if the delimiter is not the
   * problem.
   */
  private @Nullable String otherDelimiter(Attempt attempt) throws IOException {
    if (attempt.known() > 0) {
      return null;
    }
    String with = Delimiter.shown(attempt.delimiter());
    if (options.delimiter() == null) {
      return attempt.cells() > 1
          ? null
          : "found no comma, semicolon or tab between names; for any other delimiter, use --delimiter";
    }
    Attempt best = best(Delimiter.CANDIDATES);
    return best.known() == 0
        ? "the file was read with the delimiter " + with + ", as --delimiter says"
        : "the file was read with the delimiter "
            + with
            + ", as --delimiter says; with "
            + Delimiter.shown(best.delimiter())
            + ", the names would be known";
  }
}
