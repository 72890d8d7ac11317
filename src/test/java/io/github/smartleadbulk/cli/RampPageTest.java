package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A preview of a ramp plan as a page. */
final class RampPageTest {

  private static final int FLEET = 27_000;
  private static final int LARGEST_PAGE = 15_000_000;
  private static final String HOSTILE = "<img src=x onerror=alert(1)>&quot;{{x}}.csv";
  private static final List<String> IN_LITTLE_MEMORY =
      List.of("bash", "-c", "java=$1; shift; exec \"$java\" -Xmx64m \"$@\"", "-");

  @TempDir Path home;

  private TestProgram program;

  @BeforeEach
  void program() {
    program = new TestProgram(home);
  }

  private Ended preview(String plan, int days, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "ramp",
                plan,
                "--date",
                "2026-11-27",
                "--preview",
                Integer.toString(days),
                "--html",
                "ramp.html"));
    arguments.addAll(Arrays.asList(more));
    return program.run(arguments.toArray(String[]::new));
  }

  private Document page() throws IOException {
    return Jsoup.parse(home.resolve("ramp.html").toFile());
  }

  private static String digits(String figure) {
    return figure.replaceAll("[^0-9]", "");
  }

  /** The figures of a line of the table, one for each day. */
  private static List<String> limits(Element row) {
    List<String> limits = new ArrayList<>();
    for (Element cell : row.select("td")) {
      int days = cell.hasAttr("colspan") ? Integer.parseInt(cell.attr("colspan")) : 1;
      limits.addAll(Collections.nCopies(days, digits(cell.text())));
    }
    return limits;
  }

  private static Map<String, List<String>> limitsByAccount(Document page) {
    Map<String, List<String>> limitsByAccount = new TreeMap<>();
    for (Element row : page.select(".heat tbody tr")) {
      List<String> accounts = row.select("li").eachText();
      for (String account : accounts.isEmpty() ? List.of(row.select("th").text()) : accounts) {
        assertThat(limitsByAccount.put(account, limits(row))).as(account).isNull();
      }
    }
    return limitsByAccount;
  }

  private static String account(String[] cells) {
    return (cells[2] + " " + cells[1]).strip();
  }

  @Test
  void showsTheLimitsAndTotalsOfTheCsv() throws IOException {
    Random random = new Random(17);
    List<String> plan = new ArrayList<>(List.of("id,email,from,start,step,cap,weekdays,pause"));
    for (int i = 1; i <= 80; i++) {
      plan.add(
          "%s,%s,2026-1%d-0%d,%d,%d,2000,%s,%s"
              .formatted(
                  i % 3 == 0 ? "" : i,
                  i % 3 == 1 ? "" : "user" + i + "@example.com",
                  1 + random.nextInt(2),
                  1 + random.nextInt(3),
                  1 + random.nextInt(3),
                  1 + random.nextInt(200),
                  random.nextBoolean() ? "mon-fri" : "",
                  random.nextBoolean() ? "2026-12-24..2027-01-02" : ""));
    }
    for (int i = 100; i < 120; i++) {
      plan.add(i + ",batch" + i + "@example.com,2026-12-01,5,1,40,mon-fri,");
    }
    program.file("plan.csv", plan.toArray(String[]::new));

    Ended ended = preview("plan.csv", 60, "--out", "limits.csv", "--ceiling", "2000");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.err()).endsWith("ramp.html: 100 accounts, 60 days\n");
    List<String[]> csv =
        Files.readAllLines(home.resolve("limits.csv")).stream()
            .map(line -> line.split(",", -1))
            .toList();
    Map<String, List<String>> expected = new TreeMap<>();
    for (String[] cells : csv.subList(1, csv.size() - 1)) {
      expected.put(account(cells), Arrays.asList(cells).subList(3, cells.length));
    }
    String[] last = csv.get(csv.size() - 1);
    List<String> totals = Arrays.asList(last).subList(3, last.length);
    Document page = page();
    assertThat(limitsByAccount(page)).hasSize(100).isEqualTo(expected);
    assertThat(limits(page.selectFirst(".heat tfoot tr"))).isEqualTo(totals);
    assertThat(
            page.select(".chart tbody td").eachText().stream().map(RampPageTest::digits).toList())
        .isEqualTo(totals);
    assertThat(page.select(".heat tbody summary").eachText()).contains("20 accounts");
    assertThat(page.select(".cards dd").eachText().subList(0, 3))
        .extracting(RampPageTest::digits)
        .containsExactly("100", totals.get(0), totals.get(59));
    assertThat(page.select(".chart svg .spot")).hasSize(60);
    assertThat(page.select("p.warn")).isEmpty();
  }

  @Test
  void comesWithTheTableAndNeedsNeitherKeyNorRun() throws IOException {
    program.file("plan.csv", "id,from,start,step,cap", "1,2026-11-26,5,5,30");

    assertThat(preview("plan.csv", 3).out()).contains("Nov 27  Nov 28  Nov 29").contains("10");

    assertThat(page().select(".heat tbody td").eachText()).containsExactly("10", "15", "20");
    assertThat(home.resolve("var")).doesNotExist();
  }

  @Test
  void marksPausesAndWeekendsNotByColourAlone() throws IOException {
    program.file(
        "plan.csv",
        "email,from,start,step,cap,pause",
        "a@example.com,2026-11-28,5,5,30,2026-11-30..2026-12-01",
        "b@example.com,2026-12-04,5,5,30,");

    preview("plan.csv", 7);

    Map<String, String> textByTitle = new LinkedHashMap<>();
    Document page = page();
    page.select(".heat tbody tr")
        .first()
        .select("td.spot")
        .forEach(cell -> textByTitle.put(cell.attr("title"), cell.text()));
    assertThat(textByTitle)
        .containsExactly(
            Map.entry("Fri 27 Nov: not begun", "–"),
            Map.entry("Sat 28 Nov: 5", "5"),
            Map.entry("Sun 29 Nov: 10", "10"),
            Map.entry("Mon 30 Nov – Tue 1 Dec: 10, pause", "‖ 10"),
            Map.entry("Wed 2 Dec: 15", "15"),
            Map.entry("Thu 3 Dec: 20", "20"));
    assertThat(page.select(".heat tbody tr").first().select(".weekend").eachText())
        .containsExactly("5", "10");
    assertThat(page.select(".heat thead .weekend").eachText()).containsExactly("Sat 28", "Sun 29");
    assertThat(page.select(".legend").text()).contains("‖ pause: the limit does not rise");
  }

  @Test
  void hostileValuesAreText() throws IOException {
    program.file(
        HOSTILE, "email,from,start,step,cap", "&lt'{{x}}&quot=@example.com,2026-11-28,5,5,30");

    assertThat(preview(HOSTILE, 3).exitCode()).isZero();

    Document page = page();
    assertThat(page.title()).isEqualTo("Ramp plan: " + HOSTILE);
    assertThat(page.select(".heat tbody th").text()).isEqualTo("&lt'{{x}}&quot=@example.com");
    assertThat(page.select("img, b, iframe, link, [src], [href], [onerror]")).isEmpty();
    assertThat(page.select("script")).hasSize(1);
  }

  @Test
  void aPlanWithoutRowsSaysSo() throws IOException {
    program.file("plan.csv", "id,from,start,step,cap");

    assertThat(preview("plan.csv", 3, "--allow-empty").exitCode()).isZero();

    assertThat(page().select("main > p").eachText()).contains("The plan has no accounts.");
    assertThat(page().select("figure")).isEmpty();
  }

  @Test
  void destroysNothing() throws IOException {
    Path plan = program.file("plan.csv", "id,from,start,step,cap", "1,2026-11-26,5,5,30");
    program.file("ramp.html", "<p>mine");

    assertThat(preview("plan.csv", 3).err())
        .isEqualTo(
            "error: --html ramp.html: contains something other than a page; delete it, or choose"
                + " another file\n");
    assertThat(program.run("ramp", "plan.csv", "--preview", "3", "--html", "p", "--out", "p").err())
        .startsWith("error: --html p: is in use as ");
    assertThat(program.run("ramp", "plan.csv", "--preview", "3", "--html", "plan.csv").exitCode())
        .isEqualTo(2);
    assertThat(home.resolve("ramp.html")).hasContent("<p>mine\n");
    assertThat(plan).content().startsWith("id,");
  }

  /** Each account has limits of its own, and the program little memory. */
  @Test
  void aLargeFleetFitsAndWhatIsLeftOutIsTold() throws Exception {
    List<String> plan = new ArrayList<>(List.of("id,email,from,start,step,cap"));
    for (int i = 0; i < FLEET; i++) {
      plan.add(
          "%d,sender%d@mail.example.com,2026-12-%02d,%d,%d,%d"
              .formatted(i + 1, i, 1 + i % 30, 1 + i / 30 % 30, 1 + i / 900, 2_000));
    }
    program.file("plan.csv", plan.toArray(String[]::new));

    String[] arguments = {
      "ramp",
      home.resolve("plan.csv").toString(),
      "--date",
      "2026-11-27",
      "--preview",
      "60",
      "--ceiling",
      "2000",
      "--out",
      home.resolve("limits.csv").toString(),
      "--html",
      home.resolve("ramp.html").toString()
    };
    try (ProgramProcess process =
        ProgramProcess.start(home, "key", IN_LITTLE_MEMORY, List.of(arguments))) {
      assertThat(process.exitCode()).as(process.err()).isZero();
    }

    assertThat(home.resolve("ramp.html")).isRegularFile();
    assertThat(Files.size(home.resolve("ramp.html"))).isBetween(1_000_000L, (long) LARGEST_PAGE);
    Document page = page();
    int shown = page.select(".heat tbody tr").size();
    assertThat(page.select("p.warn").text())
        .matches("[0-9\\u202f]+ accounts more do not fit on this page. .*limits.csv has the .*");
    assertThat(digits(page.select("p.warn").text().replaceAll(" .*", "")))
        .isEqualTo(Integer.toString(FLEET - shown));
  }

  /** A fleet in batches: every account is on the page. */
  @Test
  void aLargeFleetInBatchesFitsAsAWhole() throws IOException {
    List<String> plan = new ArrayList<>(List.of("id,email,from,start,step,cap"));
    for (int i = 0; i < FLEET; i++) {
      plan.add("%d,sender%d@mail.example.com,2026-12-%02d,5,1,50".formatted(i + 1, i, 1 + i % 30));
    }
    program.file("plan.csv", plan.toArray(String[]::new));

    assertThat(preview("plan.csv", 60, "-q").exitCode()).isZero();

    Document page = page();
    assertThat(Files.size(home.resolve("ramp.html"))).isLessThan(LARGEST_PAGE);
    assertThat(page.select(".heat tbody tr")).hasSize(30);
    assertThat(page.select(".heat tbody li")).hasSize(FLEET);
    assertThat(page.select("p.warn")).isEmpty();
  }
}
