package io.github.smartleadbulk.input;

import io.github.smartleadbulk.account.AccountRow;
import io.github.smartleadbulk.account.Cells;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the delimiter, which is the one that makes most column names known, and the header. */
final class HeaderReader {

  private final Source source;
  private final InputOptions options;
  private final ColumnNames names;

  HeaderReader(Source source, InputOptions options, ColumnNames names) {
    this.source = source;
    this.options = options;
    this.names = names;
  }

  /** A header and the delimiter that it was read with. */
  record Found(char delimiter, Header header) {}

  Found read() throws IOException {
    Character given = options.delimiter();
    Attempt best = given == null ? best(Delimiter.CANDIDATES) : attempt(given);
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
    return new Found(best.delimiter(), check.header());
  }

  /** The header whatever is wrong with it; empty where nothing in it is known. */
  Optional<Header> readAsItIs() throws IOException {
    Character given = options.delimiter();
    HeaderCheck check = (given == null ? best(Delimiter.CANDIDATES) : attempt(given)).check();
    return Optional.ofNullable(check).filter(one -> one.known() > 0).map(HeaderCheck::header);
  }

  /** The first record, read with one delimiter: a check, a fault, or neither in an empty file. */
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
    try (Records records = source.openHeader(delimiter)) {
      AccountRow first = records.read();
      HeaderCheck check = first == null ? null : new HeaderCheck(first, options, names);
      return new Attempt(delimiter, first, check, null);
    } catch (InputException fault) {
      return new Attempt(delimiter, null, null, fault);
    }
  }

  private Attempt best(List<Character> delimiters) throws IOException {
    Attempt best = attempt(delimiters.get(0));
    for (char delimiter : delimiters.subList(1, delimiters.size())) {
      Attempt attempt = attempt(delimiter);
      // A wrong delimiter makes quotes look wrong, so a fault counts only where nothing else fits.
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
    String start = header.nameOf(0);
    if (header.size() <= 2 && start.toLowerCase(Locale.ROOT).startsWith("sep=")) {
      return source.refused(
          header.line(),
          "found "
              + Cells.shown(String.join(String.valueOf(attempt.delimiter()), header.names()))
              + ", a line for Excel alone, expected the header: delete this line");
    }
    List<String> lines = new ArrayList<>(check.problems());
    String other = otherDelimiter(attempt);
    if (other != null) {
      lines.add(other);
    } else if (check.hint() != null) {
      lines.add(check.hint());
    }
    return source.refused(
        header.line(),
        lines.size() == 1
            ? lines.get(0)
            : "the header cannot be used\n  " + String.join("\n  ", lines));
  }

  /** What to say about the delimiter where nothing is known with it. */
  private @Nullable String otherDelimiter(Attempt attempt) throws IOException {
    if (attempt.known() > 0) {
      return null;
    }
    String with = Delimiter.shown(attempt.delimiter());
    if (options.delimiter() == null) {
      return attempt.cells() > 1
          ? null
          : "found no comma, semicolon or tab between names; another delimiter takes --delimiter";
    }
    Attempt best = best(Delimiter.CANDIDATES);
    return best.known() == 0
        ? "read with the delimiter " + with + " as --delimiter says"
        : "read with the delimiter "
            + with
            + " as --delimiter says; with "
            + Delimiter.shown(best.delimiter())
            + " the names would be known";
  }
}
