package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.FakeSmartlead.Answer;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of a run says what the files of the run say. */
@Timeout(120)
class ReportCommandTest extends AgainstFakeSmartlead {

  private static final String HOSTILE =
      "</script></details></td></table><script>alert(1)</script><img src=x onerror=alert(2)>";

  ReportCommandTest() {
    super(40);
  }

  private Document page(String name) throws IOException {
    return Jsoup.parse(Files.readString(home.resolve(name)));
  }

  private Document report(int run) throws IOException {
    Ended ended = program.run("report", Integer.toString(run));
    assertThat(ended.err()).isEmpty();
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out().strip()).isEqualTo(home.resolve("report-" + run + ".html").toString());
    return page("report-" + run + ".html");
  }

  private List<CSVRecord> records(int run, String file) throws IOException {
    try (Reader reader = Files.newBufferedReader(program.runFile(run, file));
        CSVParser parser =
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get().parse(reader)) {
      return parser.getRecords();
    }
  }

  private static Element table(Document page, String lastHeader) {
    return page.select("table").stream()
        .filter(one -> one.select("thead th").eachText().contains(lastHeader))
        .findFirst()
        .orElseThrow();
  }

  private static String card(Document page, String name) {
    return page.select(".cards dt").stream()
        .filter(one -> one.text().equals(name))
        .map(one -> one.nextElementSibling().text())
        .findFirst()
        .orElse("none");
  }

  private static List<String> commands(Document page) {
    return page.select("h2:contains(Next steps) ~ pre").eachText();
  }

  @Test
  void changesAreThoseOfResultsAndBefore() throws IOException {
    List<String> lines = new ArrayList<>(List.of("id,from_email,max_email_per_day,bcc"));
    for (int account = 1; account <= 30; account++) {
      lines.add("%d,,%d,audit%d@example.com".formatted(account, 100 + account, account));
    }
    program.file("fleet.csv", lines.toArray(String[]::new));
    assertThat(run("update", "fleet.csv").exitCode()).isZero();

    Document page = report(1);

    List<List<String>> expected = new ArrayList<>();
    List<CSVRecord> before = records(1, "before.csv");
    List<CSVRecord> results = records(1, "results.csv");
    for (int i = 0; i < results.size(); i++) {
      CSVRecord result = results.get(i);
      String account = result.get("email_account_id");
      for (String field : List.of("max_email_per_day", "bcc")) {
        assertThat(result.get("changed_fields").split(";")).contains(field);
        expected.add(List.of(account, field, before.get(i).get(field), result.get("status")));
      }
    }
    assertThat(
            page.select(".part tbody tr").stream()
                .map(
                    row ->
                        List.of(
                            row.child(0).text(),
                            row.child(2).text(),
                            row.selectFirst("del")
                                .text()
                                .replace("(empty)", "<clear>")
                                .replace("\"", ""),
                            row.child(4).text())))
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(page.select(".part tr:has(td:eq(0):matchesOwn(^7$)) ins").eachText())
        .containsExactlyInAnyOrder("107", "\"audit7@example.com\"");
    assertThat(page.title()).isEqualTo("Run 1: fleet.csv");
    assertThat(card(page, "Rows")).isEqualTo("30");
    assertThat(card(page, "Rows updated")).isEqualTo("30");
    assertThat(page.selectFirst(".notes li").text())
        .isEqualTo("The run finished. No row needs attention.");
    assertThat(commands(page)).hasSize(1).first().asString().contains("rollback 1");
  }

  @Test
  void addressesComeFromTheInput() throws IOException {
    assertThat(run("export", "--out", "all.csv").exitCode()).isZero();
    List<String> lines = new ArrayList<>(List.of("id,from_email,max_email_per_day"));
    try (Reader reader = Files.newBufferedReader(home.resolve("all.csv"));
        CSVParser parser =
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get().parse(reader)) {
      parser.forEach(one -> lines.add("%s,%s,133".formatted(one.get(0), one.get("from_email"))));
    }
    program.file("fleet.csv", lines.toArray(String[]::new));
    assertThat(run("update", "fleet.csv").exitCode()).isZero();

    assertThat(report(1).select(".part tbody tr"))
        .extracting(row -> row.child(0).text() + "," + row.child(1).text() + ",133")
        .containsExactlyElementsOf(lines.subList(1, lines.size()));
  }

  @Test
  void failuresAreGroupedAndListed() throws IOException {
    program.file(
        "fleet.csv", "id,max_email_per_day", "1,31", "2,many", "3,32", "4,33", "900,34", "901,35");
    api.script =
        call ->
            call.isUpdate() && call.account() == 3
                ? new Answer(400, "{\"message\":\"limit too high\"}")
                : null;
    assertThat(run("update", "fleet.csv").exitCode()).isEqualTo(1);

    Document page = report(1);

    List<String> expected =
        records(1, "results.csv").stream()
            .filter(row -> !row.get("status").equals("updated"))
            .map(row -> row.get("line") + " " + row.get("status") + " " + row.get("message"))
            .toList();
    assertThat(
            table(page, "Line").select("tbody tr").stream()
                .map(
                    row ->
                        row.child(0).text()
                            + " "
                            + row.child(3).text()
                            + " "
                            + row.child(5).text()))
        .containsExactlyElementsOf(expected)
        .hasSize(4);
    assertThat(table(page, "First rows").select("tbody td:first-child").eachText())
        .containsExactly("2", "1", "1");
    assertThat(page.text())
        .contains("The run finished. 4 rows need attention.")
        .contains("Line numbers refer to fleet.csv.")
        .contains("line 6, account 900; line 7, account 901")
        .contains("limit too high");
    assertThat(commands(page)).anyMatch(command -> command.contains("retry 1"));
  }

  @Test
  void callsOverTimeAddUpToTheCallsOfTheRun() throws IOException {
    program.file("fleet.csv", "id,max_email_per_day", "1,33", "2,33", "3,33", "4,33", "5,33");
    AtomicInteger limited = new AtomicInteger(1);
    api.script = call -> new Answer(401, "{\"message\":\"API key disabled\"}");
    String[] update = {"update", "fleet.csv", "--rate", "4/s", "--reserve", "0"};
    assertThat(run(update).exitCode()).isEqualTo(3);
    assertThat(report(1).selectFirst(".notes li").text())
        .startsWith("The run stopped before its last row: ")
        .contains("5 rows have no outcome yet.");
    api.script =
        call ->
            call.isUpdate() && call.account() == 2 && limited.getAndDecrement() > 0
                ? new Answer(429, "{}")
                : null;
    assertThat(run(update).exitCode()).isZero();

    assertThat(program.run("report", "1", "--rate", "4/s", "--reserve", "0").exitCode()).isZero();
    Document page = page("report-1.html");

    Element figures = page.selectFirst("figure.chart:has(figcaption:contains(Calls)) table");
    assertThat(figures.select("thead th").eachText())
        .containsExactly(
            "Time", "Not rate-limited", "Rate-limited (429)", "Most that the limits allow");
    long calls = 0;
    for (Element row : figures.select("tbody tr")) {
      calls += Long.parseLong(row.child(1).text()) + Long.parseLong(row.child(2).text());
      assertThat(Long.parseLong(row.child(1).text())).isLessThanOrEqualTo(4);
    }
    assertThat(card(page, "Calls")).isEqualTo(Long.toString(calls));
    assertThat(card(page, "Rate-limited (429)")).isEqualTo("1");
    assertThat(table(page, "Waited").select("tbody tr").stream().map(row -> row.child(2).text()))
        .containsExactly("stopped", "finished");
    assertThat(page.select("figure.chart figcaption").eachText())
        .anyMatch(title -> title.startsWith("Waits"));
    assertThat(page.text())
        .contains("rate-limited (429)")
        .contains("that the limits allow in each second: 4/s.");
  }

  @Test
  void hostileValuesStayText() throws IOException {
    program.file(
        "<b>fleet&.csv",
        "id,from_name,signature,max_email_per_day",
        "1,\"" + HOSTILE + "\",\"<p>" + HOSTILE + "</p>\",30",
        "2,Bea,,\"" + HOSTILE + "\"",
        "3,Cid,,31");
    api.script =
        call ->
            call.isUpdate() && call.account() == 3
                ? new Answer(400, "{\"message\":\"" + HOSTILE + "\"}")
                : null;
    run("update", "<b>fleet&.csv", "--allow-damaged-text");
    run("update", "<b>fleet&.csv", "--allow-damaged-text", "--force");

    for (int run = 1; run <= 2; run++) {
      Document page = report(run);

      assertThat(page.select("script")).hasSize(1);
      assertThat(page.select("img, link, object, [onerror], [src], [href]")).isEmpty();
      assertThat(page.selectFirst("h1").text()).isEqualTo("Run " + run + ": <b>fleet&.csv");
      assertThat(page.select(".part ins").eachText())
          .anyMatch(value -> value.contains("</script>"));
      assertThat(table(page, "Line").select("tbody tr")).isNotEmpty();
      assertThat(page.selectFirst("meta[http-equiv]").attr("content"))
          .startsWith("default-src 'none'");
    }
  }

  @Test
  void everyCommandThatChangesAccountsWritesItsPage() throws IOException {
    program.file("fleet.csv", "id,max_email_per_day", "1,31", "2,32", "3,33");
    program.file("ramp.csv", "id,from,start,step,cap", "7,2026-11-23,25,5,50");
    api.script = call -> call.isUpdate() && call.account() == 2 ? new Answer(400, "{}") : null;
    Ended updated = run("update", "fleet.csv", "--html", "page.html");
    assertThat(updated.exitCode()).isEqualTo(1);
    assertThat(updated.out()).contains("  page       " + home.resolve("page.html"));
    assertThat(page("page.html").title()).isEqualTo("Run 1: fleet.csv");
    assertThat(program.run("report", "1", "--rate", "unlimited").exitCode()).isZero();
    assertThat(page("page.html").text())
        .contains("1 call is not in the chart, because its time is not on record.");
    // The next steps repeat the options of their own command line.
    assertThat(page("report-1.html").text().replaceAll("Next steps.*", ""))
        .isEqualTo(page("page.html").text().replaceAll("Next steps.*", ""));

    api.script = call -> new Answer(401, "{\"message\":\"API key disabled\"}");
    assertThat(run("retry", "1", "--html", "page.html").exitCode()).isEqualTo(3);
    assertThat(page("page.html").text()).contains("retry of run 1").contains("resume 2");
    api.script = call -> null;
    assertThat(run("resume", "2", "--html", "page.html").exitCode()).isZero();
    assertThat(page("page.html").text()).contains("Run 2").contains("The run finished.");
    assertThat(run("rollback", "1", "--html", "page.html").exitCode()).isZero();
    assertThat(page("page.html").text()).contains("rollback of run 1").contains("33 → 20");
    assertThat(run("ramp", "ramp.csv", "--date", "2026-11-24", "--html", "page.html").exitCode())
        .isZero();
    assertThat(page("page.html").text()).contains("--date 2026-11-24").contains("20 → 30");
    assertThat(report(1).select("h2:contains(Later runs) + ul li").eachText())
        .containsExactly(
            "retry in run 2 (finished): 1 updated.", "rollback in run 3 (finished): 2 updated.");
  }

  @Test
  void pageThatCannotBeWrittenChangesNoExitCode() throws IOException {
    program.file("fleet.csv", "id,max_email_per_day", "1,31");
    Path folder = Files.createDirectory(home.resolve("pages"));
    api.script =
        call -> {
          try {
            Files.deleteIfExists(folder);
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
          return null;
        };

    Ended ended = run("update", "fleet.csv", "--html", "pages/page.html", "-q");

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.err())
        .contains("the page " + folder.resolve("page.html") + " was not written");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "report 9 | there is no run 9; see 'runs'",
        "report 1 --out missing/page.html | --out missing/page.html: its folder does not exist",
        "report 1 --out var/page.html | --out var/page.html: is in the state folder, which belongs to the program",
        "report 1 --out fleet.csv | --out fleet.csv: contains something other than a page; delete it, or choose another file",
        "report 2 | run 2 is a plan: make its page with 'plan FILE --html FILE'",
        "report 3 | run 3 is a dry run: make its page with 'rollback … --dry-run --html FILE'",
      })
  void refusals(String command, String message) throws IOException {
    program.file("fleet.csv", "id,max_email_per_day", "1,31");
    run("update", "fleet.csv");
    run("plan", "fleet.csv", "--force");
    run("rollback", "1", "--dry-run");

    Ended ended = program.run(command.split(" "));

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).isEqualTo("error: " + message + System.lineSeparator());
    assertThat(home.resolve("report-2.html")).doesNotExist();
  }

  @Test
  void pageReplacesAnEarlierPage() throws IOException {
    program.file("fleet.csv", "id,max_email_per_day", "1,31");
    run("update", "fleet.csv");

    report(1);
    report(1);

    assertThat(program.run("report", "1", "--out", "other.html", "-q").out()).isEmpty();
    assertThat(page("other.html").title()).isEqualTo("Run 1: fleet.csv");
  }

  @Test
  void folderWithoutRunsHasNothingToReport() {
    Ended ended = program.run("report", "1");

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).isEqualTo("error: there are no runs yet" + System.lineSeparator());
  }
}
