package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files from public bug reports and collections of CSV, as they were found: what is sent of them,
 * and what is said.
 */
class CasesTest {

  private static final String NUMBER =
      "; the separator can mean decimals or thousands: give the column a number"
          + " format without separators and decimals";
  private static final String ERROR =
      "; a spreadsheet error replaced the text: correct its formula, or leave the cell"
          + " blank (to send it unchanged: --allow-damaged-text)";

  @TempDir Path home;

  /**
   * A case.
   *
   * @param sent in the order of arrival
   * @param said on standard error, without the beginning of the run, whole
   */
  record Case(String file, int exitCode, List<String> sent, List<String> said) {
    @Override
    public String toString() {
      return file;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(
            "01-short-rows",
            0,
            List.of("10000001 {\"max_email_per_day\":41}", "10000002 {\"max_email_per_day\":42}"),
            List.of()),
        new Case(
            "03-european-thousands",
            1,
            List.of(),
            List.of(
                "warning: id: found \"100.000\", \"100.001\", expected a positive whole number"
                    + NUMBER
                    + ": 2 rows, lines 2 and 3",
                "warning: client_id: found \"12.000\", \"12.001\", expected a positive whole number,"
                    + " or exactly <clear>"
                    + NUMBER
                    + ": 2 rows, lines 2 and 3",
                "warning: time_to_wait_in_mins: found \"1.000\", \"1.500\", expected a whole number"
                    + " of 0 or more"
                    + NUMBER
                    + ": 2 rows, lines 2 and 3")),
        new Case(
            "04-placeholders",
            1,
            List.of(
                "10000002 {\"from_name\":\"NULL\",\"signature\":\"NULL\"}",
                "10000003 {\"from_name\":\"nan\",\"signature\":\"nan\"}",
                "10000004 {\"from_name\":\"\\\\N\",\"signature\":\"\\\\N\"}",
                "10000006 {\"from_name\":\"=A1&\\\" \\\"&B1\",\"signature\":\"<p>x</p>\"}",
                "10000007 {\"from_name\":\"undefined\",\"signature\":\"undefined\"}",
                "10000009 {\"from_name\":\"None\",\"signature\":\"None\"}"),
            List.of(
                "warning: from_name: found \"#N/A\", \"#REF!\", expected text"
                    + ERROR
                    + ": 2 rows, lines 2 and 6",
                "warning: signature: found \"#N/A\", \"#REF!\", expected text, or exactly <clear>"
                    + ERROR
                    + ": 2 rows, lines 2 and 6",
                "warning: line 9, account 10000008: from_name: found \"{{first_name}}\", expected"
                    + " text; a placeholder was not replaced: put the value there, or use --set"
                    + " with a template (to send it unchanged: --allow-damaged-text)",
                "warning: from_name: found \"NULL\", \"nan\", \"\\N\" and others, expected a value,"
                    + " or a blank cell: 5 rows, lines 3, 4, 5, 8 and 10",
                "warning: signature: found \"NULL\", \"nan\", \"\\N\" and others, expected a value,"
                    + " or a blank cell: 5 rows, lines 3, 4, 5, 8 and 10",
                "warning: signature: found the word \"NULL\", the word \"undefined\", expected a"
                    + " value, or nothing: 2 rows, lines 3 and 8",
                "warning: line 7, account 10000006: from_name: found \"=A1&\" \"&B1\", expected the"
                    + " result of the formula: save the values, not the formulas")),
        new Case(
            "05-space-before-quote",
            0,
            List.of(
                "10000001 {\"from_name\":\"Jane Roe\",\"signature\":\"<p style=\\\"color:red\\\">Hi</p>\"}"),
            List.of()),
        new Case(
            "07-broken-html-quotes",
            0,
            List.of(
                "10000001 {\"signature\":\"<a href=“https://x.example.com”>x</a>\"}",
                "10000002 {\"signature\":\"<a href=\\\"\\\"https://x.example.com\\\"\\\">x</a>\"}",
                "10000003 {\"signature\":\"<a href=\\\\\\\"https://x.example.com\\\\\\\">x</a>\"}",
                "10000004 {\"signature\":\"<p>Hi</p>_x000D_\\n<p>x</p>\"}",
                "10000005 {\"signature\":\"&lt;p&gt;Hi&lt;/p&gt;\"}"),
            List.of(
                "warning: signature: found \"href=“\" in the tag \"<a href=“https://x.example.com”>\","
                    + " \"href=\"\"\" in the tag \"<a href=\"\"https://x.example.com\"\">\","
                    + " \"href=\\\"\" in the tag \"<a href=\\\"https://x.example.com\\\">\", expected"
                    + " straight single or double quotes around the value: the link or style"
                    + " does not work: 3 rows, lines 2, 3 and 4",
                "warning: line 5, account 10000004: signature: found \"_x000D_\", expected the"
                    + " character itself instead of its code in a workbook",
                "warning: line 7, account 10000005: signature: found nothing but escaped tags such"
                    + " as \"&lt;p&gt;\", expected tags: write < and > for &lt; and &gt;")),
        new Case(
            "11-trailing-delimiter",
            0,
            List.of("10000001 {\"from_name\":\"A\"}", "10000002 {\"from_name\":\"B\"}"),
            List.of()),
        new Case("13-sep-line", 0, List.of("10000001 {\"from_name\":\"A\"}"), List.of()),
        new Case(
            "15-workbook.xlsx",
            2,
            List.of(),
            List.of(
                "error: 15-workbook.xlsx.csv: the file is an Excel workbook (XLSX), expected a CSV:"
                    + " open it and save the sheet with the accounts as \"CSV UTF-8\" (in Excel:"
                    + " File, Save As)")),
        new Case(
            "18-title-line",
            2,
            List.of(),
            List.of(
                "error: 18-title-line.csv, line 1: the header seems to be in line 2: delete the"
                    + " lines before it")),
        new Case(
            "19-lines-in-one-cell",
            2,
            List.of(),
            List.of(
                "error: 19-lines-in-one-cell.csv, line 1: found \"id,from_name\" in one cell,"
                    + " expected each name in its own cell: the file quotes"
                    + " every line as a whole. In a spreadsheet, split the column (in Excel: Data, Text to"
                    + " Columns) and save the sheet as CSV again")),
        new Case("23-blank-rows", 0, List.of("10000001 {\"from_name\":\"A\"}"), List.of()),
        new Case(
            "26-blanks-around",
            0,
            List.of(
                "10000001 {\"max_email_per_day\":40}",
                "10000002 {\"bcc\":\"a@example.com\"}",
                "10000003 {\"custom_tracking_url\":\"track.example.com\"}",
                "10000004 {\"is_suspended\":true}",
                "10000005 {\"max_email_per_day\":40}"),
            List.of()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void sentAndSaid(Case one) throws IOException {
    try (FakeSmartlead api = FakeSmartlead.start(0)) {
      for (long id = 10_000_001; id <= 10_000_009; id++) {
        api.add(id);
      }
      api.add(100);
      Ended ended = api.run(program(one), "update", one.file() + ".csv", "--concurrency", "1");

      assertThat(api.updates()).containsExactlyElementsOf(one.sent());
      assertThat(said(ended)).containsExactlyElementsOf(one.said());
      assertThat(ended.exitCode()).isEqualTo(one.exitCode());
    }
  }

  /** Without a run the same is said on standard output, or of the file as a whole. */
  @ParameterizedTest
  @MethodSource("cases")
  void validateSaysTheSame(Case one) throws IOException {
    TestProgram program = program(one);

    Ended ended = program.run("validate", one.file() + ".csv");

    String all = ended.out() + ended.err();
    assertThat(one.said())
        .allSatisfy(line -> assertThat(all).contains(line.replace("warning: ", "")));
    assertThat(ended.exitCode()).isEqualTo(one.exitCode());
  }

  @Test
  void everyCaseIsHere() throws Exception {
    Path folder = Path.of(Objects.requireNonNull(CasesTest.class.getResource("cases")).toURI());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(cases().map(one -> one.file() + ".csv").toList());
    }
  }

  private TestProgram program(Case one) throws IOException {
    TestProgram program = new TestProgram(home);
    try (InputStream content =
        Objects.requireNonNull(
            CasesTest.class.getResourceAsStream("cases/" + one.file() + ".csv"))) {
      Files.write(home.resolve(one.file() + ".csv"), content.readAllBytes());
    }
    return program;
  }

  private static List<String> said(Ended ended) {
    return ended.err().lines().filter(line -> !line.startsWith("Run 1: ")).toList();
  }
}
