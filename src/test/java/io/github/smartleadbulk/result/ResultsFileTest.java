package io.github.smartleadbulk.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.account.WorkspaceNames;
import io.github.smartleadbulk.account.WrittenLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ResultsFileTest {

  private static final String HEADER =
      "row,line,email_account_id,status,changed_fields,http_status,attempts,message,finished_at\n";

  private static final Instant TIME = Instant.parse("2026-11-23T10:15:30.120Z");

  @TempDir private Path folder;

  private Path path() {
    return folder.resolve("results.csv");
  }

  private static RowOutcome updated(long row) {
    return new RowOutcome(
        row,
        row + 1,
        100 + row,
        RowStatus.UPDATED,
        List.of("bcc"),
        200,
        1,
        "",
        TIME,
        WorkspaceNames.DEFAULT);
  }

  private static RowOutcome failed(String message) {
    return new RowOutcome(
        1, 2, 7L, RowStatus.FAILED, List.of(), 400, 5, message, TIME, WorkspaceNames.DEFAULT);
  }

  private String write(RowOutcome... outcomes) throws IOException {
    try (ResultsFile file = ResultsFile.open(path(), WrittenLines.NONE, WorkspaceColumn.ABSENT)) {
      file.append(List.of(outcomes));
    }
    return Files.readString(path());
  }

  @Test
  void lineOfEveryStatus() throws IOException {
    assertThat(
            write(
                new RowOutcome(
                    1,
                    2,
                    101L,
                    RowStatus.UPDATED,
                    List.of("max_email_per_day", "bcc"),
                    200,
                    2,
                    "",
                    TIME,
                    WorkspaceNames.DEFAULT),
                new RowOutcome(
                    2,
                    3,
                    102L,
                    RowStatus.UNCHANGED,
                    List.of(),
                    null,
                    0,
                    "",
                    null,
                    WorkspaceNames.DEFAULT),
                new RowOutcome(
                    3,
                    4,
                    103L,
                    RowStatus.SKIPPED,
                    List.of(),
                    null,
                    0,
                    "the row sets nothing",
                    null,
                    WorkspaceNames.DEFAULT),
                new RowOutcome(
                    4,
                    7,
                    null,
                    RowStatus.INVALID,
                    List.of(),
                    null,
                    0,
                    "found \"x\", Ä",
                    null,
                    WorkspaceNames.DEFAULT),
                new RowOutcome(
                    5,
                    8,
                    105L,
                    RowStatus.FAILED,
                    List.of(),
                    null,
                    5,
                    "no route",
                    TIME,
                    WorkspaceNames.DEFAULT),
                new RowOutcome(
                    6,
                    9,
                    Long.MAX_VALUE,
                    RowStatus.UNCERTAIN,
                    List.of("signature"),
                    502,
                    5,
                    "two\nlines",
                    TIME,
                    WorkspaceNames.DEFAULT)))
        .isEqualTo(
            HEADER
                + """
                1,2,101,updated,max_email_per_day;bcc,200,2,,2026-11-23T10:15:30.120Z
                2,3,102,unchanged,,,,,
                3,4,103,skipped,,,,the row sets nothing,
                4,7,,invalid,,,,"found ""x"", Ä",
                5,8,105,failed,,,5,no route,2026-11-23T10:15:30.120Z
                6,9,9223372036854775807,uncertain,signature,502,5,"two
                lines",2026-11-23T10:15:30.120Z
                """);
  }

  /** Of another run it looks the same. */
  @Test
  void fileOfAnotherRunIsNotGoneOnWith() throws IOException {
    Path path = folder.resolve("results.csv");
    WrittenLines written;
    try (ResultsFile file = ResultsFile.open(path, WrittenLines.NONE, WorkspaceColumn.ABSENT)) {
      file.append(List.of(failed("one")));
      written = file.written();
      file.append(List.of(failed("two")));
    }
    assertThat(ResultsFile.mayGoOn(path, written)).isTrue();

    try (ResultsFile other = ResultsFile.open(path, WrittenLines.NONE, WorkspaceColumn.ABSENT)) {
      other.append(List.of(failed("another")));
    }
    assertThat(ResultsFile.mayReplace(path)).isTrue();
    assertThat(ResultsFile.mayGoOn(path, written)).isFalse();
    assertThat(ResultsFile.mayGoOn(path, WrittenLines.NONE)).isTrue();
    Files.delete(path);
    assertThat(ResultsFile.mayGoOn(path, written)).isTrue();
  }

  static Stream<Arguments> formulas() {
    return Stream.of(
        arguments("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        arguments("+1", "'+1"),
        arguments("-1", "'-1"),
        arguments("@SUM(A1)", "'@SUM(A1)"),
        arguments("\t=1", "'\t'=1"),
        arguments("\r=1", "'\r'=1"),
        arguments("=1,\"2\"", "'=1,\"2\""),
        arguments("=1\n=2", "'=1\n'=2"),
        arguments("a;=1", "a;'=1"),
        arguments("a;+1;-2", "a;'+1;'-2"),
        arguments("a,@x", "a,'@x"),
        arguments("\uFF1D1", "'\uFF1D1"),
        arguments("a;\uFF0B1", "a;'\uFF0B1"),
        arguments("\uFF0D1", "'\uFF0D1"),
        arguments("\uFF20x", "'\uFF20x"));
  }

  @ParameterizedTest
  @MethodSource("formulas")
  void messageThatASpreadsheetWouldRunIsMadeHarmless(String message, String harmless)
      throws IOException {
    CSVRecord line = CSVParser.parse(write(failed(message)), CSVFormat.RFC4180).getRecords().get(1);

    assertThat(line.get(7)).isEqualTo(harmless);
  }

  @Test
  void messageThatIsHarmlessStaysAsItIs() throws IOException {
    assertThat(write(failed("a = b"))).contains(",a = b,");
  }

  @Test
  void newFileHasItsHeaderAtOnceAndEveryLineIsThereWhenItWasAppended() throws IOException {
    try (ResultsFile file = ResultsFile.open(path(), WrittenLines.NONE, WorkspaceColumn.ABSENT)) {
      assertThat(path()).hasContent(HEADER.strip());
      assertThat(file.written().rows()).isZero();
      assertThat(file.written().bytes()).isEqualTo(HEADER.length());
      file.append(List.of(updated(1), updated(2)));
      assertThat(Files.readAllLines(path())).hasSize(3);
      assertThat(file.written().rows()).isEqualTo(2);
      assertThat(file.written().bytes()).isEqualTo(Files.size(path()));
      file.append(List.of());
      assertThat(file.written().rows()).isEqualTo(2);
    }
  }

  @Test
  void newRunReplacesWhatLiesThere() throws IOException {
    Files.writeString(path(), HEADER + "of yesterday\n");

    assertThat(write()).isEqualTo(HEADER);
  }

  @Test
  void aFileThatBeginsWithAMarkHasItWhenItIsBegunAnew() throws IOException {
    ResultsFile.begin(path(), ByteOrderMark.FOR_EXCEL);
    WrittenLines known = writeTwoOfThree();
    assertThat(Files.readString(path())).startsWith("\uFEFF" + HEADER);
    assertThat(ResultsFile.mayReplace(path())).isTrue();
    Files.writeString(path(), "\uFEFFsomething else");

    try (ResultsFile file = ResultsFile.open(path(), known, WorkspaceColumn.ABSENT)) {
      assertThat(file.written().rows()).isZero();
    }
    assertThat(Files.readString(path())).isEqualTo("\uFEFF" + HEADER);

    ResultsFile.begin(path(), ByteOrderMark.NONE);
    assertThat(write()).isEqualTo(HEADER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"somebody's file", "\uFEFFsomebody's file", "row,line", "\uFEFFrow,line,email"})
  void whatIsNoResultsFileMustNotBeReplaced(String content) throws IOException {
    Files.writeString(path(), content);
    assertThat(ResultsFile.mayReplace(path())).isFalse();
    Files.writeString(path(), content.repeat(100));
    assertThat(ResultsFile.mayReplace(path())).isFalse();
  }

  private WrittenLines writeTwoOfThree() throws IOException {
    try (ResultsFile file = ResultsFile.open(path(), WrittenLines.NONE, WorkspaceColumn.ABSENT)) {
      file.append(List.of(updated(1), updated(2)));
      WrittenLines written = file.written();
      file.append(List.of(updated(3)));
      return written;
    }
  }

  @Test
  void resumedRunCutsOffWhatItDoesNotKnowOf() throws IOException {
    WrittenLines known = writeTwoOfThree();
    String whole = Files.readString(path());
    try (ResultsFile file = ResultsFile.open(path(), known, WorkspaceColumn.ABSENT)) {
      assertThat(file.written()).isEqualTo(known);
      assertThat(Files.readAllLines(path())).hasSize(3);
      file.append(List.of(updated(3)));
    }

    assertThat(path()).hasContent(whole);
  }

  @Test
  void checksumGoesOnOverAResume() throws IOException {
    WrittenLines known = writeTwoOfThree();
    WrittenLines later;
    try (ResultsFile file = ResultsFile.open(path(), known, WorkspaceColumn.ABSENT)) {
      file.append(List.of(updated(3)));
      later = file.written();
    }
    try (ResultsFile file = ResultsFile.open(path(), later, WorkspaceColumn.ABSENT)) {
      assertThat(file.written()).isEqualTo(later);
    }
  }

  @Test
  void resumeOfALargeFile() throws IOException {
    WrittenLines known;
    try (ResultsFile file = ResultsFile.open(path(), WrittenLines.NONE, WorkspaceColumn.ABSENT)) {
      for (int i = 0; i < 50; i++) {
        file.append(List.of(failed("x".repeat(10_000)), updated(i)));
      }
      known = file.written();
    }
    try (ResultsFile file = ResultsFile.open(path(), known, WorkspaceColumn.ABSENT)) {
      assertThat(file.written()).isEqualTo(known);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"shorter", "missing", "empty", "changed", "foreign"})
  void fileThatIsNotWhatItWasBeginsAnew(String damage) throws IOException {
    WrittenLines known = writeTwoOfThree();
    String whole = Files.readString(path());
    switch (damage) {
      case "shorter" -> Files.writeString(path(), whole.substring(0, (int) known.bytes() - 1));
      case "missing" -> Files.delete(path());
      case "empty" -> Files.writeString(path(), "");
      case "changed" -> Files.writeString(path(), whole.replace("101", "111"));
      default -> Files.writeString(path(), "somebody's file\n".repeat(100));
    }
    try (ResultsFile file = ResultsFile.open(path(), known, WorkspaceColumn.ABSENT)) {
      assertThat(file.written().rows()).isZero();
      file.append(List.of(updated(1), updated(2), updated(3)));
    }

    assertThat(path()).hasContent(whole);
  }

  @Test
  void lineThatAKillLeftInHalfIsCutOff() throws IOException {
    WrittenLines known = writeTwoOfThree();
    Files.write(path(), "4,5,1".getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
    try (ResultsFile file = ResultsFile.open(path(), known, WorkspaceColumn.ABSENT)) {
      assertThat(file.written()).isEqualTo(known);
    }

    assertThat(Files.size(path())).isEqualTo(known.bytes());
  }

  @Test
  void folderThatIsNotThereIsAnError() {
    assertThatThrownBy(
            () ->
                ResultsFile.open(
                    folder.resolve("no").resolve("results.csv"),
                    WrittenLines.NONE,
                    WorkspaceColumn.ABSENT))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void workspaceIsTheLastColumn() throws IOException {
    WrittenLines known;
    try (ResultsFile file = ResultsFile.open(path(), WrittenLines.NONE, WorkspaceColumn.PRESENT)) {
      file.append(List.of(updated(1).in("acme")));
      known = file.written();
      file.append(List.of(updated(2)));
    }
    String first = "1,2,101,updated,bcc,200,1,,2026-11-23T10:15:30.120Z,acme\n";
    String header = HEADER.strip() + ",workspace\n";
    assertThat(path())
        .hasContent(
            header + first + "2,3,102,updated,bcc,200,1,,2026-11-23T10:15:30.120Z,default\n");
    assertThat(ResultsFile.mayReplace(path())).isTrue();
    assertThat(ResultsFile.mayGoOn(path(), known)).isTrue();

    try (ResultsFile file = ResultsFile.open(path(), known, WorkspaceColumn.PRESENT)) {
      assertThat(file.written()).isEqualTo(known);
    }
    assertThat(path()).hasContent(header + first);

    // The file was replaced: it begins anew, with the same columns.
    Files.writeString(path(), HEADER);
    try (ResultsFile file = ResultsFile.open(path(), known, WorkspaceColumn.PRESENT)) {
      assertThat(file.written().rows()).isZero();
    }
    assertThat(path()).hasContent(header);
    Files.writeString(path(), header.replace("workspace", "team"));
    assertThat(ResultsFile.mayReplace(path())).isFalse();
  }
}
