package io.github.smartleadbulk.ramp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.RowProblem;
import io.github.smartleadbulk.account.TableRow;
import io.github.smartleadbulk.account.WorkspaceNames;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlanReaderTest {

  private static final Map<String, Curve> CURVES =
      Map.of(
          "usual", Curve.parse("usual", "weeks: 5-10, 10-20", "curve.usual"),
          "quick", Curve.parse("quick", "days: 5, 7, 9", "curve.quick"),
          "steep", Curve.parse("steep", "weeks: 5-201", "curve.steep"));

  private static final List<String> ALL_COLUMNS =
      List.of(
          "email_account_id",
          "from_email",
          "from",
          "start",
          "step",
          "every",
          "cap",
          "weekdays",
          "until",
          "pause",
          "curve");

  /** A good row, with some cells put in the place of its own: {@code start=7;cap=}. */
  private static TableRow row(long line, String cells) {
    Map<String, String> cellsByColumn = new HashMap<>();
    cellsByColumn.put("email_account_id", Long.toString(100 + line));
    cellsByColumn.put("from", "2026-11-23");
    cellsByColumn.put("start", "5");
    cellsByColumn.put("step", "5");
    cellsByColumn.put("cap", "30");
    if (!cells.isEmpty()) {
      for (String cell : cells.split("&", -1)) {
        String[] parts = cell.split("=", 2);
        cellsByColumn.put(parts[0], parts[1]);
      }
    }
    return new TableRow(line - 1, line, cellsByColumn, List.of());
  }

  private static PlanReading read(TableRow... rows) {
    PlanReader reader = new PlanReader(ALL_COLUMNS, CURVES, 200, WorkspaceNames.none());
    Arrays.stream(rows).forEach(reader::add);
    return reader.result();
  }

  private static List<RampRow> good(TableRow... rows) {
    assertThat(read(rows)).isInstanceOf(PlanReading.Good.class);
    return ((PlanReading.Good) read(rows)).plan().rows();
  }

  private static List<String> problems(TableRow... rows) {
    assertThat(read(rows)).isInstanceOf(PlanReading.Refused.class);
    return ((PlanReading.Refused) read(rows)).problems();
  }

  private static OptionalLong limit(TableRow row, String date) {
    return good(row).get(0).ramp().limitOn(LocalDate.parse(date));
  }

  @Test
  void rowWithTheLeast() {
    RampRow row = good(row(2, "")).get(0);

    assertThat(row.row()).isEqualTo(1);
    assertThat(row.line()).isEqualTo(2);
    assertThat(row.accountId()).isEqualTo(102);
    assertThat(row.fromEmail()).isNull();
    assertThat(row.account()).isEqualTo("102");
    assertThat(row.ramp().limitOn(LocalDate.parse("2026-11-22"))).isEmpty();
    assertThat(row.ramp().limitOn(LocalDate.parse("2026-11-24"))).hasValue(10);
  }

  @Test
  void everyCellCounts() {
    TableRow row =
        row(
            2,
            "email_account_id= 7.0 &from_email=\u00A0Anna@Example.com &every=2&weekdays=Mon-Fri"
                + "&pause=2026-11-25 2026-11-26&until=2026-12-03&cap=30.0&from= 2026-11-23 ");

    assertThat(good(row).get(0).accountId()).isEqualTo(7);
    assertThat(good(row).get(0).fromEmail()).isEqualTo("Anna@Example.com");
    assertThat(good(row).get(0).account()).isEqualTo("Anna@Example.com");
    assertThat(limit(row, "2026-11-26")).hasValue(5);
    assertThat(limit(row, "2026-11-27")).hasValue(10);
    assertThat(limit(row, "2026-11-30")).hasValue(10);
    assertThat(limit(row, "2026-12-01")).hasValue(15);
    assertThat(limit(row, "2027-12-01")).hasValue(20);
  }

  @Test
  void addressIsEnough() {
    assertThat(good(row(2, "email_account_id=&from_email=anna@example.com")).get(0).accountId())
        .isNull();
  }

  @Test
  void curveStandsForTheSteps() {
    String curve = "start=&step=&curve= quick ";

    assertThat(limit(row(2, curve + "&cap="), "2026-12-30")).hasValue(9);
    assertThat(limit(row(2, curve + "&cap=8"), "2026-12-30")).hasValue(8);
    assertThat(limit(row(2, curve + "&cap=5"), "2026-12-30")).hasValue(5);
    assertThat(limit(row(2, "start=&step=&cap=200&curve=steep"), "2026-12-30")).hasValue(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          email_account_id=1.23E+08 | email_account_id: found "1.23E+08", expected a positive whole number; a spreadsheet turned the number into an exponent and lost digits: give the column a number format without decimals and enter the numbers again
          from_email=anna           | from_email: found "anna", expected the account's email address or nothing
          email_account_id=         | found no account, expected an account id or an address
          email_account_id=x&from_email= | email_account_id: found "x", expected a positive whole number
          from=                     | from: found a blank cell, expected the date of the first day
          from=23.11.2026           | from: found "23.11.2026", expected a date such as 2026-11-23 (year-month-day)
          from=2026-02-29           | from: found "2026-02-29", expected a date such as 2026-11-23 (year-month-day)
          from=+12026-02-01         | from: found "+12026-02-01", expected a date such as 2026-11-23 (year-month-day)
          start=                    | start: found a blank cell, expected a limit of 1 or more, or a curve
          start=0                   | start: found "0", expected a whole number of 1 or more
          start=<clear>             | start: found "<clear>", expected a whole number of 1 or more
          step=                     | step: found a blank cell, expected a whole number of 1 or more
          step=-5                   | step: found "-5", expected a whole number of 1 or more
          step=0                    | step: found "0", expected a whole number of 1 or more; to keep a limit the same, set cap to the value of start
          every=0                   | every: found "0", expected a number of days, 1 or more
          cap=                      | cap: found a blank cell, expected the limit at which the ramp ends
          cap=1,000                 | cap: found "1,000", expected a whole number of 1 or more; the separator can mean decimals or thousands: give the column a number format without separators and decimals
          cap=4                     | cap: found "4", expected a limit of 5 or more, where the row starts
          weekdays=weekend          | weekdays: found "weekend", expected days of the week such as mon-fri or mon,wed,fri
          until=soon                | until: found "soon", expected a date such as 2026-11-23 (year-month-day)
          until=2026-11-22          | until: found "2026-11-22", expected a date that is not before from, 2026-11-23
          pause=2026-12             | pause: found "2026-12", expected dates or ranges such as 2026-12-24..2027-01-02; 2027-04-05
          curve=usual               | start: found "5", expected a blank cell beside a curve; step: found "5", expected a blank cell beside a curve
          start=&step=&every=1&curve=usual | every: found "1", expected a blank cell beside a curve
          start=&step=&curve=Usual  | curve: found "Usual", expected a defined curve: quick, steep, usual
          cap=201                   | cap: found "201", expected at most 200 a day (more only with --allow-above)
          start=&step=&cap=&curve=steep | curve: found "steep", expected at most 200 a day (more only with --allow-above); this curve ends at 201
          start=&step=&cap=4&curve=usual | cap: found "4", expected a limit of 5 or more, where the curve usual starts
          """)
  void rowThatCannotBe(String cells, String problem) {
    String account = cells.startsWith("email_account_id=") ? "" : ", account 107";
    assertThat(problems(row(7, cells))).containsExactly("line 7" + account + ": " + problem);
  }

  @Test
  void allProblemsOfAllRowsAtOnce() {
    assertThat(
            problems(
                row(2, "step=x&cap=y&from=z&every=0"),
                row(3, ""),
                row(5, "start=&step=&cap=&from=&weekdays=x&until=y&pause=z")))
        .containsExactly(
            "line 2, account 102: step: found \"x\", expected a whole number of 1 or more; every: found \"0\","
                + " expected a number of days, 1 or more; cap: found \"y\", expected a whole number"
                + " of 1 or more; from: found \"z\", expected a date such as 2026-11-23"
                + " (year-month-day)",
            "line 5, account 105: start: found a blank cell, expected a limit of 1 or more, or a curve;"
                + " step: found a blank cell, expected a whole number of 1 or more; cap: found a"
                + " blank cell, expected the limit at which the ramp ends; from: found a blank"
                + " cell, expected the date of the first day; until: found \"y\", expected a date"
                + " such as 2026-11-23 (year-month-day); weekdays: found \"x\", expected days of"
                + " the week such as mon-fri or mon,wed,fri; pause: found \"z\", expected dates or"
                + " ranges such as 2026-12-24..2027-01-02; 2027-04-05");
  }

  @Test
  void twoRowsForOneAccountNameEachOther() {
    assertThat(problems(row(2, "email_account_id=7"), row(3, ""), row(4, "email_account_id=07")))
        .containsExactly(
            "line 2, account 7: email_account_id: found account 7 also in line 4, expected one row for each"
                + " account",
            "line 4, account 7: email_account_id: found account 7 also in line 2, expected one row for each"
                + " account");
  }

  @Test
  void addressIsTheSameInAnyCase() {
    assertThat(
            problems(
                row(2, "from_email=Anna@Example.com"),
                row(3, "email_account_id=&from_email=anna@example.COM&step=x"),
                row(4, "from_email=anna@example.com")))
        .containsExactly(
            "line 2, account 102: from_email: found \"Anna@Example.com\" also in line 3 and 1 more, expected one"
                + " row for each account",
            "line 3, account anna@example.COM: step: found \"x\", expected a whole number of 1 or more; from_email: found"
                + " \"anna@example.COM\" also in line 2 and 1 more, expected one row for each"
                + " account",
            "line 4, account 104: from_email: found \"anna@example.com\" also in line 2 and 1 more, expected"
                + " one row for each account");
  }

  @Test
  void sameIdAndSameAddressAreToldOnceWhereTheyAreOneLine() {
    String both = "email_account_id=7&from_email=anna@example.com";

    assertThat(problems(row(2, both), row(3, both)))
        .containsExactly(
            "line 2, account 7: email_account_id: found account 7 also in line 3, expected one row for each"
                + " account",
            "line 3, account 7: email_account_id: found account 7 also in line 2, expected one row for each"
                + " account");
    assertThat(
            problems(
                row(2, both), row(3, "email_account_id=7"), row(4, "from_email=anna@example.com")))
        .first()
        .isEqualTo(
            "line 2, account 7: email_account_id: found account 7 also in line 3, expected one row for each"
                + " account; from_email: found \"anna@example.com\" also in line 4, expected one"
                + " row for each account");
  }

  @Test
  void emptyRowsAreNone() {
    TableRow empty = new TableRow(1, 2, Map.of("id", "", "from", " ", "cap", "\u200B"), List.of());

    assertThat(good(empty, row(3, ""))).hasSize(1);
    assertThat(good()).isEmpty();
  }

  @Test
  void rowThatDoesNotFitTheHeader() {
    TableRow row =
        new TableRow(1, 2, Map.of(), List.of(new RowProblem("", "3 cells", "5 as in the header")));

    assertThat(problems(row)).containsExactly("line 2: found 3 cells, expected 5 as in the header");
  }

  @Test
  void missingColumnsAreToldOnce() {
    PlanReader reader = new PlanReader(List.of("every"), Map.of(), 200, WorkspaceNames.none());
    reader.add(row(2, "start=x"));

    assertThat(reader.result())
        .isEqualTo(
            new PlanReading.Refused(
                List.of(
                    "header: found no column for the account, expected email_account_id (or"
                        + " id, account_id) or from_email (or email)",
                    "header: found no column from, expected a column with the date of the first day",
                    "header: found no column start, expected start, step and cap, or a curve",
                    "header: found no column step, expected start, step and cap, or a curve",
                    "header: found no column cap, expected start, step and cap, or a" + " curve"),
                List.of()));
  }

  @Test
  void curveOrStepsAreEnough() {
    for (List<String> columns :
        List.of(
            List.of("from_email", "from", "curve"),
            List.of("email_account_id", "from", "start", "step", "cap"))) {
      assertThat(new PlanReader(columns, Map.of(), 200, WorkspaceNames.none()).result())
          .isEqualTo(new PlanReading.Good(new RampPlan(List.of())));
    }
  }

  @Test
  void configWithoutCurves() {
    PlanReader reader = new PlanReader(ALL_COLUMNS, Map.of(), 200, WorkspaceNames.none());
    reader.add(row(2, "start=&step=&cap=&curve=usual"));

    assertThat(reader.result())
        .isEqualTo(
            new PlanReading.Refused(
                List.of(
                    "line 2, account 102: curve: found \"usual\", expected a defined curve, but none is"
                        + " defined"),
                List.of("usual")));
  }

  @Test
  void aMissingCurveIsOneProblemHoweverManyRowsNameIt() {
    String steeper = "start=&step=&curve=steeper";
    TableRow[] rows =
        LongStream.rangeClosed(2, 4).mapToObj(line -> row(line, steeper)).toArray(TableRow[]::new);

    assertThat(problems(rows))
        .containsExactly(
            "line 2, account 102 and 2 more rows: curve: found \"steeper\", expected a defined curve:"
                + " quick, steep, usual");
    assertThat(
            read(
                row(2, "start=&step=&curve=b"),
                row(3, "start=&step=&curve=a"),
                row(4, "start=&step=&curve=b&from=soon"),
                row(5, "cap=x")))
        .isEqualTo(
            new PlanReading.Refused(
                List.of(
                    "line 2, account 102 and 1 more row: curve: found \"b\", expected a defined"
                        + " curve: quick, steep, usual",
                    "line 3, account 103: curve: found \"a\", expected a defined curve: quick, steep,"
                        + " usual",
                    "line 4, account 104: from: found \"soon\", expected a date such as 2026-11-23"
                        + " (year-month-day)",
                    "line 5, account 105: cap: found \"x\", expected a whole number of 1 or more"),
                List.of("b", "a")));
  }
}
