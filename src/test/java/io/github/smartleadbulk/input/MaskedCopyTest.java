package io.github.smartleadbulk.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MaskedCopyTest {

  private static final List<String> CELLS =
      List.of(
          "",
          " ",
          "\"\"",
          "a",
          "\"a,b\"",
          " \"x\"\"y\" ",
          "\"two\nlines\"",
          "\u00A0\"n\"",
          "é",
          "\uD83D\uDE00",
          "\"\r\n\"",
          "\u00A0",
          "z\"z",
          "\t");

  @TempDir private Path folder;

  /** Rows are read from the copy as from the file, whatever stands in the columns passed over. */
  @ParameterizedTest
  @CsvSource({
    "1, UTF-8, ''",
    "2, UTF-8, mark",
    "3, UTF-16LE, mark",
    "4, UTF-16BE, mark",
    "5, UTF-32LE, mark",
    "6, UTF-8, ''",
    "7, UTF-8, ''",
    "8, UTF-8, ''"
  })
  void nothingElseChanges(long seed, String charset, String mark) throws IOException {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder(mark.isEmpty() ? "" : "\uFEFF");
    text.append("\n,,\nid,password,from_name,smtp_host,bcc,_note\n");
    for (int i = 1; i <= 400; i++) {
      text.append(i);
      for (int cell = random.nextInt(8); cell > 0; cell--) {
        text.append(',').append(CELLS.get(random.nextInt(CELLS.size())));
      }
      text.append(random.nextBoolean() ? "\n" : "\r\n");
    }
    text.append('\u001A');
    byte[] content = text.toString().getBytes(Charset.forName(charset));
    Path file = Files.write(folder.resolve("file.csv"), content);

    byte[] copy = copy(file, content);

    assertThat(copy).hasSameSizeAs(content);
    Path copied = Files.write(folder.resolve("copy.csv"), copy);
    assertThat(read(copied)).isEqualTo(read(file));
    assertThat(copy(copied, copy)).isEqualTo(copy);
  }

  @Test
  void lettersOfColumnsThatArePassedOverAreAsterisks() throws IOException {
    String content =
        """
        id,password,from_name
        1,secret,Ann
        2,"se""c,ret", "Ann"
        3, se cret ,Ann,,
        4,Ann,secret,Ann
        """;

    assertThat(copied(content))
        .isEqualTo(
            """
            id,password,from_name
            1,******,Ann
            2,"**""*****", "Ann"
            3, ** **** ,Ann,,
            4,***,******,Ann
            """);
  }

  /** What follows an open quote may be anything; the quote must still be found to be open. */
  @Test
  void faultyRecordKeepsItsFaultAndNothingElse() throws IOException {
    assertThat(copied("id,password,from_name\n1,x,\"Ann\n2,secret,Ben\n"))
        .isEqualTo("id,password,from_name\n*,*,\"***\n************\n");
    assertThat(copied("id,password,from_name\n1,x,\"Ann\"secret\n2,secret,Ben\n"))
        .isEqualTo("id,password,from_name\n*,*,\"***\"s*****\n2,******,Ben\n");
    assertThat(copied("id,password,from_name\n1,\0secret,Ann\n"))
        .isEqualTo("id,password,from_name\n1,\0******,Ann\n");
  }

  @Test
  void nothingIsKeptBehindBytesThatTheCharsetDoesNotHave() throws IOException {
    byte[] content =
        "id,password,from_name\n1,secret,J\u00FCrgen\n2,secret,Ann\n"
            .getBytes(Charset.forName("windows-1252"));
    Path file = Files.write(folder.resolve("file.csv"), content);

    byte[] copy = copy(file, content);

    assertThat(new String(copy, Charset.forName("windows-1252")))
        .isEqualTo("id,password,from_name\n*,******,*\u00FC");
  }

  private String copied(String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    Path file = Files.write(folder.resolve("file.csv"), bytes);
    return new String(copy(file, bytes), StandardCharsets.UTF_8);
  }

  private static byte[] copy(Path file, byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    InputFile.open(file, "file", InputOptions.defaults())
        .copy(new ByteArrayInputStream(content), out);
    return out.toByteArray();
  }

  private static List<InputRow> read(Path file) throws IOException {
    List<InputRow> rows = new ArrayList<>();
    InputFile.open(file, "file", InputOptions.defaults()).inspect(rows::add);
    return rows;
  }
}
