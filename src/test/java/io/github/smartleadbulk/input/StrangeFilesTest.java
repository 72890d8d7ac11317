package io.github.smartleadbulk.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smartleadbulk.csv.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that are no CSV of settings, and what is said of each. */
final class StrangeFilesTest {

  private static final String AS_CSV =
      ", expected a CSV: open it and save the sheet with the accounts as \"CSV UTF-8\" (in Excel:"
          + " File, Save As)";

  @TempDir private Path folder;

  /**
   * A file.
   *
   * @param content a byte each
   */
  record Strange(String what, String content, String message) {

    Strange(String what, byte[] content, String message) {
      this(what, new String(content, StandardCharsets.ISO_8859_1), message);
    }

    Path in(Path folder) throws IOException {
      return Files.writeString(folder.resolve("rows"), content, StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
      return what;
    }
  }

  private static Strange text(String what, String content, String message) {
    return new Strange(what, content.getBytes(StandardCharsets.UTF_8), message);
  }

  private static Strange in(String charset, String content, String message) {
    return new Strange(charset, content.getBytes(Charset.forName(charset)), message);
  }

  static Stream<Strange> files() throws IOException {
    return Stream.of(
        new Strange(
            "XLSX",
            zip("[Content_Types].xml", "xl/workbook.xml"),
            "rows: the file is an Excel workbook (XLSX)" + AS_CSV),
        new Strange(
            "ODS",
            zip("mimetype", "content.xml"),
            "rows: the file is a LibreOffice spreadsheet (ODS)" + AS_CSV),
        new Strange(
            "Numbers",
            zip("Index/Document.iwa"),
            "rows: the file is a Numbers spreadsheet" + AS_CSV),
        new Strange(
            "ZIP",
            zip("rows.csv"),
            "rows: the file is a ZIP archive, expected a CSV: unpack it and give the CSV"
                + " file that it contains"),
        new Strange(
            "XLS",
            new byte[] {
              (byte) 0xD0,
              (byte) 0xCF,
              0x11,
              (byte) 0xE0,
              (byte) 0xA1,
              (byte) 0xB1,
              26,
              (byte) 0xE1,
              0,
              0
            },
            "rows: the file is an old Excel workbook (XLS)" + AS_CSV),
        new Strange(
            "GZIP",
            gzip("id,from_name\n1,A\n"),
            "rows: the file is a gzip archive, expected a CSV: unpack it first, for example with gunzip"),
        text(
            "PDF",
            "%PDF-1.7\n%x\n",
            "rows: the file is a PDF document, expected a CSV: export the table as CSV from the"
                + " program that made the PDF"),
        text(
            "HTML",
            "\n<!DOCTYPE html><html><body>Login</body></html>",
            "rows: the file is a web page (HTML), expected a CSV: a login page or an error page was saved instead"
                + " of the download: download the CSV again"),
        text(
            "table",
            "\uFEFF<table><tr><td>id</td></tr></table>",
            "rows: the file is a web page (HTML), expected a CSV: a login page or an error page was saved instead"
                + " of the download: download the CSV again"),
        text(
            "XML",
            "<?xml version=\"1.0\"?><rows/>",
            "rows: the file is XML, expected a CSV: save or export it as CSV"),
        text(
            "JSON",
            "[{\"id\": 1, \"from_name\": \"A\"}]",
            "rows: the file is JSON, expected a CSV: convert it to CSV first"),
        text(
            "JSON object",
            "{ \"accounts\": [] }",
            "rows: the file is JSON, expected a CSV: convert it to CSV first"),
        text(
            "two marks",
            "\uFEFF\uFEFFid,from_name\n1,A\n",
            "rows: found two byte order marks at the start of the file, expected at most one: save"
                + " the file again as \"CSV UTF-8\""),
        text(
            "a mark that was converted",
            "\u00EF\u00BB\u00BFid,from_name\n1,A\n",
            "rows: found two byte order marks at the start of the file, expected at most one: save"
                + " the file again as \"CSV UTF-8\""),
        in(
            "UTF-16LE",
            "id,from_name\n1,A\n",
            "rows: the file is UTF-16LE without a byte order mark, not UTF-8: save it as \"CSV"
                + " UTF-8\", or add --charset UTF-16LE"),
        in(
            "UTF-16BE",
            "id,from_name\n1,A\n",
            "rows: the file is UTF-16BE without a byte order mark, not UTF-8: save it as \"CSV"
                + " UTF-8\", or add --charset UTF-16BE"),
        in(
            "UTF-32LE",
            "id,from_name\n1,A\n",
            "rows: the file is UTF-32LE without a byte order mark, not UTF-8: save it as \"CSV"
                + " UTF-8\", or add --charset UTF-32LE"),
        in(
            "UTF-32BE",
            "id,from_name\n1,A\n",
            "rows: the file is UTF-32BE without a byte order mark, not UTF-8: save it as \"CSV"
                + " UTF-8\", or add --charset UTF-32BE"),
        in(
            "windows-1252",
            "id,from_name\n1,J\u00FCrgen\n",
            "rows, line 2: found the byte FC at byte 17 of the file, not valid in UTF-8, where"
                + " windows-1252 has \"ü\" and x-MacRoman \"¸\": save the file as \"CSV UTF-8\", or add its encoding: --charset"
                + " windows-1252 (Excel on Windows) or --charset"
                + " x-MacRoman (Excel on a Mac)"),
        in(
            "x-MacRoman",
            "id,from_name\n1,Ren\u00E9\n",
            "rows, line 2: found the byte 8E at byte 19 of the file, not valid in UTF-8, where"
                + " windows-1252 has \"Ž\" and x-MacRoman \"é\": save the file as \"CSV UTF-8\", or add its encoding: --charset"
                + " windows-1252 (Excel on Windows) or --charset"
                + " x-MacRoman (Excel on a Mac)"),
        text(
            "NULs at the end",
            "id,from_name\n1,A\n\0\0\0\0",
            "rows, line 3: found only NUL characters from here to the end of the file, expected"
                + " rows: the file was not copied completely; copy it again"),
        text(
            "a title",
            "Accounts of November,,\n\nid,from_name,bcc\n1,A,\n",
            "rows, line 1: the header seems to be in line 3: delete the lines before it"),
        text(
            "a comment",
            "# exported by hand\nid;from_name;bcc\n1;A;\n",
            "rows, line 1: the header seems to be in line 2: delete the lines before it"),
        text(
            "#TYPE",
            "#TYPE System.Management.Automation.PSCustomObject\n\"id\",\"from_name\"\n\"1\",\"A\"\n",
            "rows, line 1: the header seems to be in line 2: delete the lines before it"),
        text(
            "lines in quotes",
            "\"id;from_name\"\n\"1;A\"\n",
            "rows, line 1: found \"id;from_name\" in one cell, expected each name in its own cell: the file quotes"
                + " every line as a whole. In a spreadsheet, split the"
                + " column (in Excel: Data, Text to Columns) and save the sheet as CSV again"),
        text(
            "a ramp plan",
            "email_account_id,from,start,step,cap\n1,2026-11-23,5,5,50\n",
            "rows, line 1: found the columns of a ramp plan, expected settings: use ./run.sh ramp"
                + " for this file"),
        text(
            "no name that is near",
            "id,phone,city\n1,2,3\n",
            "rows, line 1: the header cannot be used\n"
                + "  column 2: found \"phone\", expected a known name\n"
                + "  column 3: found \"city\", expected a known name\n"
                + "  found no setting, expected at least one of max_email_per_day, from_name,"
                + " custom_tracking_url, bcc, signature, client_id, time_to_wait_in_mins,"
                + " is_suspended\n"
                + "  the known names are email_account_id, from_email, max_email_per_day, from_name,"
                + " custom_tracking_url, bcc, signature, client_id, time_to_wait_in_mins,"
                + " is_suspended, workspace\n"
                + "  to ignore an unknown column: --ignore-columns phone,city\n"
                + "  to give a column a known name: --map \"phone=NAME\""),
        text(
            "escapes in a name",
            "id,from_name,\u001B[31mred\u202E\n1,A,x\n",
            "rows, line 1: the header cannot be used\n"
                + "  column 3: found \"\\u001B[31mred\\u202E\", expected a known name\n"
                + "  the known names are email_account_id, from_email, max_email_per_day, from_name,"
                + " custom_tracking_url, bcc, signature, client_id, time_to_wait_in_mins,"
                + " is_suspended, workspace\n"
                + "  to ignore an unknown column: --ignore-columns"
                + " \\u001B[31mred\\u202E\n"
                + "  to give a column a known name: --map \"\\u001B[31mred\\u202E=NAME\""));
  }

  @ParameterizedTest
  @MethodSource("files")
  void isToldWithWhatToDo(Strange file) throws IOException {
    Path path = file.in(folder);

    assertThatThrownBy(
            () -> InputFile.open(path, "rows", InputOptions.defaults()).inspect(row -> {}))
        .isInstanceOf(InputException.class)
        .hasMessage(file.message());
  }

  @Test
  void settingsInPlaceOfARampPlan() throws IOException {
    Path path = Files.writeString(folder.resolve("rows"), "id,max_email_per_day\n1,40\n");

    assertThatThrownBy(
            () ->
                TableFile.open(
                    path, "rows", InputOptions.defaults(), List.of("from", "start", "step", "cap")))
        .hasMessage(
            "rows, line 1: found the columns of settings, expected a ramp plan: use ./run.sh update"
                + " for this file");
  }

  @Test
  void thousandsOfUnknownColumnsAreToldInAFewLines() throws IOException {
    String header =
        IntStream.rangeClosed(1, 16_384)
            .mapToObj(i -> "Spalte" + i)
            .collect(Collectors.joining(",", "id,from_name,", "\n"));
    Path path = Files.writeString(folder.resolve("rows"), header);

    assertThatThrownBy(() -> InputFile.open(path, "rows", InputOptions.defaults()))
        .satisfies(
            e ->
                assertThat(e.getMessage().lines())
                    .hasSize(15)
                    .contains("  and 16,374 more columns with unknown names")
                    .allSatisfy(line -> assertThat(line).hasSizeLessThan(200)));
  }

  /** Files as other programs write them; the values are those that were meant. */
  @ParameterizedTest
  @MethodSource
  void isReadAsItWasMeant(Strange file) throws IOException {
    Path path = file.in(folder);
    StringBuilder read = new StringBuilder();

    InputFile.open(path, "rows", InputOptions.defaults())
        .inspect(
            row -> read.append(row.accountId()).append(' ').append(row.verdict()).append('\n'));

    assertThat(read.toString()).isEqualTo(file.message());
  }

  static Stream<Strange> isReadAsItWasMeant() {
    String valid = "1 Valid[valuesByField={FROM_NAME=A}]\n";
    return Stream.of(
        text("Ctrl-Z", "id,from_name\r\n1,A\r\n\u001A", valid),
        text("Ctrl-Z behind the last cell", "id,from_name\n1,A\u001A", valid),
        text("Ctrl-Z behind a quote", "id,from_name\n1,\"A\"\u001A\r\n\u001A\u001A", valid),
        text("sep", "sep=|\nid|from_name\n1|A\n", valid),
        text("sep in quotes", "\"sep=;\"\nid;from_name\n1;A\n", valid),
        text("sep of a tab", "SEP=\t\r\nid\tfrom_name\r\n1\tA\r\n", valid),
        text("sep that was saved", "sep=;,\nid;from_name\n1;A\n", valid),
        text("sep with a mark", "\uFEFFsep=;\nid;from_name\n1;A\n", valid),
        text("blank lines first", "\n , ,\n\"\"\nid,from_name\n1,A\n", valid),
        text("blank columns", ",id,,from_name,,\n,1,,A,,\n,,,\n", valid),
        text("blanks around quotes", "id , \"from_name\" \n 1 ,\t\"A\"\u00A0\n", valid),
        text("no-break space before a quote", "id,from_name\n1,\u00A0\"A\"\n", valid),
        in("UTF-32LE", "\uFEFFid,from_name\n1,A\n", valid),
        in("UTF-32BE", "\uFEFFid,from_name\n1,A\n", valid),
        in("UTF-16BE", "\uFEFFid,from_name\r\n1,A\r\n\u001A", valid),
        text(
            "a quote within blanks",
            "id,from_name\n1, A \"x\" \n",
            "1 Valid[valuesByField={FROM_NAME= A \"x\" }]\n"),
        text("Google's remarks", "Account ID [Required],From Name [Required]\n1,A\n", valid),
        text("camel case", "accountId,fromName\n1,A\n", valid));
  }

  @Test
  void twoQuotedPartsAreNoCell() throws IOException {
    Path path = Files.writeString(folder.resolve("rows"), "id,from_name\n1,\"A\" \"B\"\n");

    assertThatThrownBy(
            () -> InputFile.open(path, "rows", InputOptions.defaults()).inspect(row -> {}))
        .hasMessage(
            "rows, line 2, column 2: found \"\"\" after the closing quote of a cell, expected the"
                + " delimiter \",\" or the end of the line; inside a quoted cell,"
                + " write a quote twice (\"\")");
  }

  private static byte[] zip(String... names) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setMethod(ZipOutputStream.STORED);
      for (String name : names) {
        byte[] content =
            name.equals("mimetype")
                ? "application/vnd.oasis.opendocument.spreadsheet".getBytes(StandardCharsets.UTF_8)
                : new byte[] {'x'};
        ZipEntry entry = new ZipEntry(name);
        entry.setSize(content.length);
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
      }
    }
    return out.toByteArray();
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }
}
