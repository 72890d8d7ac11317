package io.github.smartleadbulk.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smartleadbulk.account.ZeroLimit;
import io.github.smartleadbulk.csv.InputException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every file in {@code refused}, {@code read}, {@code merged} and those in {@code looked-up}, with
 * what is said about it.
 */
final class SamplesTest {

  private static final AddressBook BOOK =
      (workspace, address) ->
          switch (address.toLowerCase(Locale.ROOT)) {
            case "anna@example.com" -> List.of(1L);
            case "ben@example.com" -> List.of(2L);
            case "twice@example.com" -> List.of(3L, 4L);
            default -> List.of();
          };

  static List<Path> refused() throws Exception {
    return samples("refused");
  }

  static List<Path> read() throws Exception {
    return samples("read");
  }

  static List<Path> merged() throws Exception {
    return samples("merged");
  }

  static List<Path> lookedUp() throws Exception {
    return samples("looked-up/read");
  }

  static List<Path> lookedUpAndMerged() throws Exception {
    return samples("looked-up/merged");
  }

  @ParameterizedTest
  @MethodSource
  void refused(Path sample) throws IOException {
    assertThatThrownBy(
            () ->
                InputFile.open(sample, "accounts.csv", InputOptions.defaults()).inspect(row -> {}))
        .isInstanceOf(InputException.class)
        .hasMessage(expected(sample).strip());
  }

  @ParameterizedTest
  @MethodSource
  void read(Path sample) throws IOException {
    assertThat(story(sample, DuplicatePolicy.REFUSE, AddressBook.unknown()))
        .isEqualTo(expected(sample));
  }

  @ParameterizedTest
  @MethodSource
  void merged(Path sample) throws IOException {
    assertThat(story(sample, DuplicatePolicy.MERGE, AddressBook.unknown()))
        .isEqualTo(expected(sample));
  }

  @ParameterizedTest
  @MethodSource
  void lookedUp(Path sample) throws IOException {
    assertThat(story(sample, DuplicatePolicy.REFUSE, BOOK)).isEqualTo(expected(sample));
  }

  @ParameterizedTest
  @MethodSource
  void lookedUpAndMerged(Path sample) throws IOException {
    assertThat(story(sample, DuplicatePolicy.MERGE, BOOK)).isEqualTo(expected(sample));
  }

  private static String story(Path sample, DuplicatePolicy policy, AddressBook book)
      throws IOException {
    InputFile file =
        InputFile.open(
            sample,
            "accounts.csv",
            new InputOptions(
                null, null, Set.of(), ZeroLimit.REFUSED, policy, InputOptions.USUAL_CEILING));
    Inspection inspection = file.inspect(book, row -> {}, null);
    StringBuilder story = new StringBuilder();
    try (InputRows rows = file.rows(inspection.duplicates(), book)) {
      for (InputRow row = rows.read(); row != null; row = rows.read()) {
        story.append(line(row)).append('\n');
      }
    }
    return story
        .append(
            "%d rows: %d valid, %d invalid, %d skipped, %d by address\n"
                .formatted(
                    inspection.rows(),
                    inspection.valid(),
                    inspection.invalid(),
                    inspection.skipped(),
                    addressed(file)))
        .toString();
  }

  private static long addressed(InputFile file) throws IOException {
    long addressed = 0;
    try (InputRows rows = file.rows()) {
      for (InputRow row = rows.read(); row != null; row = rows.read()) {
        addressed += row.accountId() == null && row.fromEmail() != null ? 1 : 0;
      }
    }
    return addressed;
  }

  private static String line(InputRow row) {
    String account = row.accountId() + (row.fromEmail() == null ? "" : " " + row.fromEmail());
    String what =
        row.verdict() instanceof RowVerdict.Valid valid
            ? valid.valuesByField().toString()
            : row.verdict().message();
    return "row %d line %d [%s] %s: %s"
        .formatted(
            row.row().number(),
            row.row().line(),
            account,
            row.verdict().getClass().getSimpleName(),
            what.replace("\r", "\\r").replace("\n", "\\n"));
  }

  private static String expected(Path sample) throws IOException {
    return Files.readString(
        sample.resolveSibling(sample.getFileName().toString().replace(".csv", ".txt")));
  }

  private static List<Path> samples(String folder) throws IOException, URISyntaxException {
    Path path = Path.of(SamplesTest.class.getResource(folder).toURI());
    try (Stream<Path> files = Files.list(path)) {
      return files.filter(file -> file.toString().endsWith(".csv")).sorted().toList();
    }
  }
}
