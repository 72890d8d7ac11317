package io.github.smartleadbulk.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.AccountRow;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.account.WorkspaceNames;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file as text; that it reads back to the letter, the job's tests see to. */
final class FailedFileTest {

  private static final Charset WINDOWS = Charset.forName("windows-1252");

  @TempDir private Path folder;

  private Path path() {
    return folder.resolve("failed.csv");
  }

  private FailedFile open(String... header) throws IOException {
    return new FailedFile(
        path(), List.of(header), new Dialect(StandardCharsets.UTF_8, false, ',', false));
  }

  private static AccountRow row(String... cells) {
    return new AccountRow(1, 2, Arrays.asList(cells));
  }

  private static RowOutcome outcome(RowStatus status, String message) {
    return new RowOutcome(
        1, 2, null, status, List.of(), null, 0, message, null, WorkspaceNames.DEFAULT);
  }

  private static final RowOutcome FAILED = outcome(RowStatus.FAILED, "why");

  @Test
  void cellsStayToTheLetterAndTheReasonFollows() throws IOException {
    try (FailedFile file = open(" ID ", "from_name", "_note")) {
      file.append(row("1", " Ann \"A\" ", "=1+1"), FAILED);
      file.append(row("", "two\r\nlines", ","), outcome(RowStatus.INVALID, "a, \"b\""));
      file.append(row("3", "", ""), outcome(RowStatus.UNCERTAIN, ""));
    }

    assertThat(Files.readString(path()))
        .isEqualTo(
            """
            " ID ",from_name,_note,_status,_message
            1," Ann ""A"" ",=1+1,failed,why
            "","two\r
            lines",",",invalid,"a, ""b"\""
            3,,,uncertain,
            """);
  }

  @Test
  void ownColumnsOfAnEarlierFileAreReplacedWhereverTheyStand() throws IOException {
    try (FailedFile file = open("_message", "id", "_status", "bcc")) {
      file.append(row("old", "1", "invalid", "x"), FAILED);
    }

    assertThat(Files.readString(path())).isEqualTo("id,bcc,_status,_message\n1,x,failed,why\n");
  }

  /** The program's own words must never stand below a column of the input. */
  @Test
  void cellsThatAreMissingAreBlankAndCellsTooManyStandBelowNoName() throws IOException {
    try (FailedFile file = open("id", "bcc", "signature")) {
      file.append(row("1"), FAILED);
      file.append(row("1", "x", "y"), FAILED);
      file.append(row("1", "x", "y", "z", "a,b"), FAILED);
    }

    assertThat(Files.readString(path()))
        .isEqualTo(
            """
            id,bcc,signature,_status,_message
            1,,,failed,why
            1,x,y,failed,why
            1,x,y,failed,why,z,"a,b"
            """);
  }

  @Test
  void cellsTooManyStayBehindTheProgramsOwnTheNextTimeToo() throws IOException {
    try (FailedFile file = open("id", "_Status", "_message ", "bcc")) {
      file.append(row("1", "invalid", "old", "x", "z"), FAILED);
    }

    assertThat(Files.readString(path())).isEqualTo("id,bcc,_status,_message\n1,x,failed,why,z\n");
  }

  @Test
  void delimiterThatALineNamesIsNamedAgain() throws IOException {
    try (FailedFile file =
        new FailedFile(
            path(), List.of("id", "bcc"), new Dialect(StandardCharsets.UTF_8, true, '|', true))) {
      file.append(row("1", "a"), FAILED);
    }

    assertThat(Files.readString(path()))
        .isEqualTo("\uFEFFsep=|\nid|bcc|_status|_message\n1|a|failed|why\n");
  }

  @Test
  void charsetByteOrderMarkAndDelimiterAreTheInputs() throws IOException {
    try (FailedFile file =
        new FailedFile(
            path(),
            List.of("id", "bcc"),
            new Dialect(StandardCharsets.UTF_16LE, true, ';', false))) {
      file.append(row("1", "a;b"), FAILED);
    }

    assertThat(Files.readString(path(), StandardCharsets.UTF_16LE))
        .isEqualTo("\uFEFFid;bcc;_status;_message\n1;\"a;b\";failed;why\n");
  }

  @Test
  void messageThatTheCharsetCannotSpellGetsQuestionMarks() throws IOException {
    try (FailedFile file =
        new FailedFile(path(), List.of("id"), new Dialect(WINDOWS, false, ',', false))) {
      file.append(row("Ä"), outcome(RowStatus.FAILED, "Ä\u4F60"));
    }

    assertThat(Files.readString(path(), WINDOWS)).endsWith("\nÄ,failed,Ä?\n");
  }
}
