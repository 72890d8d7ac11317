package io.github.smartleadbulk.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.account.ZeroLimit;
import io.github.smartleadbulk.input.DuplicatePolicy;
import io.github.smartleadbulk.input.InputFile;
import io.github.smartleadbulk.input.InputOptions;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.input.InputRows;
import io.github.smartleadbulk.input.RowVerdict;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.RunResult;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code failed.csv} is input: what failed can be corrected in it and sent again. */
@Timeout(30)
final class FailedFileRoundTripTest {

  /** No account has such an id: every row that is valid fails, and the others are invalid. */
  private static final String ROWS =
      """
      id,from_name,_note
      1,Ann,plain
      2,"quoted ""Ann"", twice",
      3," spaces around ",\u00A0
      4,"two
      lines","three

      lines"
      5,"carriage\r\nreturns","lone\rone"
      6,=1+1,@x
      7,Ä €,\\"backslash
      8,#hash,;
      9,"",'
      10,too,many,cells
      11
      x,y,z
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "UTF-8, false, ','",
    "UTF-8, true, ','",
    "UTF-16LE, true, ','",
    "UTF-16BE, true, ';'",
    "UTF-16, false, ','",
    "windows-1252, false, ';'",
    "UTF-8, false, |",
  })
  void cellsOfEveryRowReadBackToTheLetter(Charset charset, boolean mark, char delimiter)
      throws Exception {
    try (Rehearsal rehearsal = new Rehearsal(folder)) {
      rehearsal.staysOpen();
      rehearsal.options = options(charset, delimiter == '|' ? '|' : null);
      String content = ROWS.replace(";", "\"\"").replace(',', delimiter);
      Files.write(rehearsal.input, ((mark ? "\uFEFF" : "") + content).getBytes(charset));
      RunResult result = rehearsal.update();
      assertThat(result.summary().rowsByStatus())
          .isEqualTo(Map.of(RowStatus.FAILED, 8L, RowStatus.SKIPPED, 2L, RowStatus.INVALID, 2L));

      List<InputRow> before = rows(rehearsal.input, rehearsal.options);
      before.removeIf(row -> row.verdict() instanceof RowVerdict.Nothing);
      List<InputRow> after = rows(failed(rehearsal, 1), rehearsal.options);
      assertThat(after).hasSameSizeAs(before);
      for (int i = 0; i < before.size(); i++) {
        List<String> cells = before.get(i).row().cells();
        List<String> again = after.get(i).row().cells();
        // Cells that are too many stand behind the program's own two.
        assertThat(again.subList(0, 3)).isEqualTo(cells.subList(0, 3));
        assertThat(again.subList(5, again.size())).isEqualTo(cells.subList(3, cells.size()));
        assertThat(after.get(i).verdict() instanceof RowVerdict.Valid)
            .isEqualTo(before.get(i).verdict() instanceof RowVerdict.Valid);
      }
    }
  }

  @Test
  void secondTimeItIsTheSameFile() throws Exception {
    try (Rehearsal rehearsal = new Rehearsal(folder)) {
      rehearsal.staysOpen();
      rehearsal.write("id,from_name,_note\n1,Ann,x\n2,\"a \"\"b\"\"\",\n");
      rehearsal.update();
      Files.copy(failed(rehearsal, 1), rehearsal.input, StandardCopyOption.REPLACE_EXISTING);
      rehearsal.update();

      assertThat(failed(rehearsal, 2)).hasSameBinaryContentAs(failed(rehearsal, 1));
    }
  }

  @Test
  void correctedRowsAreUpdated() throws Exception {
    try (Rehearsal rehearsal = new Rehearsal(folder)) {
      rehearsal.staysOpen();
      rehearsal.write("id,max_email_per_day\n10000001,1\n10000002,4O\n");
      assertThat(rehearsal.update().exitCode()).isEqualTo(ExitCode.ROWS_NEED_ATTENTION);
      rehearsal.write(
          Files.readString(failed(rehearsal, 1)).replace("\n10000002,4O", "\n10000002,40"));

      assertThat(rehearsal.update().exitCode()).isEqualTo(ExitCode.OK);
      assertThat(rehearsal.updatesByAccount()).isEqualTo(Rehearsal.eachOnce(2));
      assertThat(failed(rehearsal, 2)).doesNotExist();
    }
  }

  private static Path failed(Rehearsal rehearsal, int run) {
    return rehearsal.runFolder(run).resolve("failed.csv");
  }

  private static InputOptions options(Charset charset, Character delimiter) {
    return new InputOptions(
        charset.equals(StandardCharsets.UTF_8) ? null : charset,
        delimiter,
        Set.of(),
        ZeroLimit.REFUSED,
        DuplicatePolicy.REFUSE,
        InputOptions.USUAL_CEILING);
  }

  private static List<InputRow> rows(Path file, InputOptions options) throws IOException {
    List<InputRow> all = new ArrayList<>();
    try (InputRows rows = InputFile.open(file, "test", options).rows()) {
      for (InputRow row = rows.read(); row != null; row = rows.read()) {
        all.add(row);
      }
    }
    return all;
  }
}
