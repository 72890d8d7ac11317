package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** The page of a plan shows what the plan says, whatever is in it. */
class ReviewPageTest extends AgainstFakeSmartlead {

  private static final int ACCOUNTS = 30;

  ReviewPageTest() {
    super(ACCOUNTS);
  }

  private Document page(String... command) throws IOException {
    Ended ended = run(List.of(command), "--html", "review.html");
    assertThat(ended.err()).doesNotContain("was not written");
    return Jsoup.parse(home.resolve("review.html").toFile());
  }

  /** What the page shows, a line for each change, as plan.csv has it. */
  private static List<String> changes(Document page) {
    List<String> changes = new ArrayList<>();
    for (Element group : page.select(".group")) {
      String change =
          group.selectFirst(".field").text() + " " + group.selectFirst(".change").text();
      group
          .select("tbody tr")
          .forEach(
              row -> changes.add(String.join(" ", row.select("td").eachText()) + " " + change));
    }
    page.select(".part tbody tr").forEach(row -> changes.add(single(row.select("td").eachText())));
    return changes;
  }

  private static String single(List<String> cells) {
    return "%s %s %s %s %s"
        .formatted(cells.get(0), cells.get(1), cells.get(4), cells.get(2), cells.get(3));
  }

  private static String shown(NamedCsvRecord change) {
    return "%s %s %s %s %s → %s"
        .formatted(
            change.getField("email_account_id"),
            change.getField("from_email"),
            change.getField("line"),
            change.getField("field"),
            quoted(change, "before"),
            quoted(change, "after"));
  }

  private static String quoted(NamedCsvRecord change, String column) {
    String value = change.getField(column);
    if (column.equals("before") && change.getField("before_known").equals("false")) {
      return "(unknown)";
    }
    return change.getField("field").equals("from_name") ? "\"" + value + "\"" : value;
  }

  @Test
  void itShowsEveryChangeOfThePlan() throws IOException {
    Random random = new Random(17);
    List<String> rows = new ArrayList<>(List.of("id,max_email_per_day,from_name,is_suspended"));
    for (int id = 1; id <= ACCOUNTS; id++) {
      rows.add(
          "%d,%s,%s,%s"
              .formatted(
                  id,
                  random.nextBoolean() ? String.valueOf(20 + random.nextInt(3)) : "",
                  random.nextBoolean() ? "Name " + random.nextInt(20) : "",
                  random.nextBoolean() ? "yes" : ""));
    }
    program.file("rows.csv", rows.toArray(String[]::new));

    Document page = page("plan", "rows.csv");

    try (CsvReader<NamedCsvRecord> plan =
        CsvReader.builder().ofNamedCsvRecord(program.runFile(1, "plan.csv"))) {
      assertThat(changes(page))
          .hasSizeGreaterThan(ACCOUNTS)
          .containsExactlyInAnyOrderElementsOf(plan.stream().map(ReviewPageTest::shown).toList());
    }
    assertThat(page.select(".group .count").eachText())
        .anyMatch(count -> count.matches("\\d+ accounts"));
  }

  @Test
  void theFirstScreenHasTheTotalsAndTheLastTheCommand() throws IOException {
    program.file(
        "rows.csv", "id,max_email_per_day,bcc", "4,33,", "5,40,a@b.example", "6,20,", "x,1,");

    Document page = page("plan", "rows.csv", "--rate", "10/s", "--snapshot", "full");

    assertThat(page.title()).isEqualTo("Plan 1: rows.csv");
    assertThat(page.select(".cards div").eachText())
        .startsWith("Accounts to change 2", "max_email_per_day 2", "bcc 1", "Calls 2")
        .endsWith("Rows 4", "Rows unchanged 1", "Rows invalid 1");
    assertThat(page.text())
        .contains("Limits that change: 2 accounts, 40 → 73 messages a day in total.")
        .contains("All accounts: 600 → 633 messages a day.")
        .contains("line 5: id: found \"x\", expected a positive whole number");
    assertThat(page.select("pre").last().text()).startsWith("./run.sh update --plan 1 ");
    assertThat(page.select(".chart svg[role=img]")).hasSize(1);
    assertThat(page.select(".chart tbody tr").eachText()).contains("20 2 0", "33 0 1", "40 0 1");
  }

  @Test
  void itSaysWhatTheGuardsWouldStop() throws IOException {
    program.file("rows.csv", "id,max_email_per_day", "4,33", "5,40");

    assertThat(page("update", "rows.csv", "--dry-run", "--max-changes", "1").select(".stop").text())
        .contains("2 accounts of 2 rows would change")
        .contains("exit 4");
    assertThat(page("update", "rows.csv", "--dry-run").text())
        .contains("No guard would stop this run.");
  }

  @Test
  void anAccountCannotWriteIntoThePage() throws IOException {
    String hostile = "</title></style></script><script>x</script><b>'\"&amp;{{title}}";
    program.file(
        "rows.csv",
        "id,from_name,signature",
        "4,\"%1$s\",\"%1$s\"".formatted(hostile.replace("\"", "\"\"")),
        "\"%s\",,".formatted(hostile.replace("\"", "\"\"")));

    Document page = page("plan", "rows.csv", "--allow-damaged-text");

    assertThat(page.select("script")).hasSize(1);
    assertThat(page.select("main b, title ~ *:not(style)")).isEmpty();
    assertThat(page.select(".change").text()).contains("</title></style></script><script>x");
    assertThat(page.select(".texts pre").text()).contains(hostile);
    assertThat(page.select(".frame").last().attr("data-srcdoc")).doesNotContain("<script");
  }

  /** Somebody who was not meant to see it must not: the page has addresses of customers. */
  @Test
  void itBelongsToItsOwnerAndReplacesOnlyAPage() throws IOException {
    program.file("rows.csv", "id,max_email_per_day", "4,33");
    Path letter = program.file("letter.html", "<!DOCTYPE html><p>Dear Sir");

    page("plan", "rows.csv");
    page("plan", "rows.csv");

    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(home.resolve("review.html"))))
        .isEqualTo("rw-------");
    assertThat(run("plan", "rows.csv", "--html", "letter.html").err())
        .isEqualTo(
            "error: --html letter.html: contains something other than a page; delete it, or choose another file\n");
    assertThat(letter).content().startsWith("<!DOCTYPE html><p>Dear Sir");
    assertThat(run("plan", "rows.csv", "--html", "var/x.html").err())
        .contains("is in the state folder");
    assertThat(run("plan", "rows.csv", "--html", "no/x.html").exitCode()).isEqualTo(2);
    assertThat(api.updates()).isEmpty();
  }

  /** A page must not take the place of what another option names, or of a device. */
  @Test
  void itTakesNoOtherPlace() throws Exception {
    Path input = program.file("rows.csv", "id,max_email_per_day", "4,33");
    Path beside = program.file("review.html.new", "id,max_email_per_day", "4,33");
    Path pipe = home.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    assertThat(run("plan", "rows.csv", "--html", "rows.csv").err())
        .contains("is in use as " + input);
    assertThat(run("plan", "rows.csv", "--html", "new.html", "--out", "new.html").err())
        .contains("--html new.html: is in use as");
    assertThat(run("update", "rows.csv", "--html", "new.html", "--results", "new.html").err())
        .contains("--html new.html: is in use as");
    assertThat(run("plan", "rows.csv", "--html", "pipe").err())
        .contains("--html pipe: is a device or a pipe, expected a file");
    assertThat(run("plan", "review.html.new", "--html", "review.html").exitCode()).isZero();
    assertThat(beside).hasContent("id,max_email_per_day\n4,33\n");
    assertThat(pipe).exists();
    try (var files = Files.list(home)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains("review.html")
          .noneMatch(name -> name.startsWith("."));
    }
  }
}
