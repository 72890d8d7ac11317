package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import io.github.smartleadbulk.sandbox.FaultPlan;
import io.github.smartleadbulk.sandbox.Sandbox;
import io.github.smartleadbulk.sandbox.SandboxSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The history as a page. */
final class HistoryPageTest {

  private static final long FIRST = Sandbox.FIRST_ACCOUNT_ID;
  private static final String NOW = "2026-11-27T12:00:00Z";
  private static final String HOSTILE = "<img src=x onerror=alert(1)>&quot;{{x}}.csv";

  /** Statuses as the charts have them. */
  private static final List<String> STATUSES =
      List.of("unchanged", "updated", "failed", "uncertain", "kept", "invalid", "skipped");

  @TempDir Path home;

  private TestProgram program;
  private Sandbox sandbox;
  private int limit = 10;

  @BeforeEach
  void program() throws IOException {
    program = new TestProgram(home).with("SMARTLEAD_API_KEY", "key");
    sandbox =
        Sandbox.start(
            new SandboxSettings(
                0, 10, List.of(), Duration.ZERO, FaultPlan.parse("none"), null, 1, null));
  }

  @AfterEach
  void sandbox() {
    sandbox.close();
  }

  private Ended call(String time, String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(List.of("--base-url", sandbox.baseUrl().toString(), "--rate", "unlimited"));
    return program.at(time).run(all.toArray(String[]::new));
  }

  /** A run with an updated row, and a failed one if wanted. */
  private void night(String day, String file, int exitCode, String... more) throws IOException {
    limit++;
    List<String> rows = new ArrayList<>(List.of("id,max_email_per_day", FIRST + "," + limit));
    rows.addAll(List.of(more));
    program.file(file, rows.toArray(String[]::new));
    Ended ended = call(day + "T12:00:00Z", "update", file, "--if-unfinished", "fresh");
    assertThat(ended.exitCode()).as(ended.out() + ended.err()).isEqualTo(exitCode);
  }

  private Document page(String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of("runs", "--html", "history.html"));
    all.addAll(List.of(options));
    Ended ended = program.at(NOW).run(all.toArray(String[]::new));
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    return Jsoup.parse(home.resolve("history.html").toFile());
  }

  private JsonNode runs(String... options) {
    List<String> all = new ArrayList<>(List.of("runs", "--json"));
    all.addAll(List.of(options));
    return JsonMapper.shared().readTree(program.at(NOW).run(all.toArray(String[]::new)).out());
  }

  /** What the calendar says of each day, by the beginning of the title. */
  private static Map<String, String> nights(Document page) {
    Map<String, String> nights = new TreeMap<>();
    for (Element day : page.select(".calendar td.spot")) {
      String[] told = day.attr("title").split(": ", 3);
      assertThat(day.select(".aloud").text()).isEqualTo(told[1]);
      nights.put(told[0], told[1]);
    }
    return nights;
  }

  private void weeks() throws IOException {
    night("2026-11-06", "rows.csv", 0);
    night("2026-11-13", "rows.csv", 1, "77,6");
    night("2026-11-18", "rows.csv", 1, "77,6", "78,many");
    night("2026-11-19", "rows.csv", 0);
    Ended stopped = call("2026-11-24T12:00:00Z", "update", "rows.csv", "--force");
    assertThat(stopped.exitCode()).as(stopped.err()).isZero();
    program.file("many.csv", "id,max_email_per_day", FIRST + ",41", (FIRST + 1) + ",42");
    assertThat(call("2026-11-24T13:00:00Z", "update", "many.csv", "--max-changes", "1").exitCode())
        .isEqualTo(4);
    assertThat(call("2026-11-23T12:00:00Z", "plan", "many.csv").exitCode()).isZero();
  }

  @Test
  void theCalendarSaysHowEachNightWas() throws IOException {
    weeks();

    Map<String, String> nights = nights(page());

    assertThat(nights).hasSize(22);
    assertThat(nights)
        .containsEntry("Fri 6 Nov 2026", "ran")
        .containsEntry("Fri 13 Nov 2026", "rows need attention")
        .containsEntry("Wed 18 Nov 2026", "rows need attention")
        .containsEntry("Thu 19 Nov 2026", "ran")
        .containsEntry("Tue 24 Nov 2026", "failed or stopped")
        .containsEntry("Fri 20 Nov 2026", "missed")
        .containsEntry("Wed 25 Nov 2026", "missed")
        .containsEntry("Thu 26 Nov 2026", "missed");
    // A plan is no run of a night, and today is not over.
    assertThat(nights)
        .containsEntry("Mon 23 Nov 2026", "no run")
        .containsEntry("Fri 27 Nov 2026", "no run");
    assertThat(nights.values().stream().filter("missed"::equals)).hasSize(3);
  }

  @Test
  void whatIsShownIsWhatTheHistoryHas() throws IOException {
    weeks();

    Document page = page("--rate", "60/min,500/h", "--reserve", "0");

    JsonNode runs = runs();
    List<Element> shown = new ArrayList<>(page.select("table.searched tbody tr"));
    assertThat(shown).hasSize(7);
    Map<String, long[]> rowsByDay = new TreeMap<>();
    Map<String, Long> callsByDay = new TreeMap<>();
    DateTimeFormatter date = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    LocalDate.of(2026, 11, 6)
        .datesUntil(LocalDate.of(2026, 11, 28))
        .forEach(
            day -> {
              rowsByDay.put(date.format(day), new long[STATUSES.size()]);
              callsByDay.put(date.format(day), 0L);
            });
    for (int i = 0; i < 7; i++) {
      JsonNode run = runs.get(i);
      assertThat(shown.get(6 - i).children().eachText())
          .startsWith(run.get("run").asString())
          .contains(
              run.get("title").stringValue(),
              run.get("input").stringValue(),
              (run.get("status").stringValue().equals("stopped") ? "! " : "")
                  + (run.get("exit_code").intValue() == 1 ? "! " : "")
                  + run.get("status").stringValue(),
              run.get("exit_code").asString());
      String day =
          date.format(
              Instant.parse(run.get("started_at").stringValue()).atZone(ZoneId.systemDefault()));
      callsByDay.merge(day, run.get("calls").longValue(), Long::sum);
      for (int status = 0; status < STATUSES.size(); status++) {
        rowsByDay.get(day)[status] += run.at("/counts/" + STATUSES.get(status)).longValue();
      }
    }
    Element rows = page.select(".chart").get(0);
    assertThat(rows.select("thead th").eachText().subList(1, 8)).isEqualTo(STATUSES);
    for (Element row : rows.select("tbody tr")) {
      assertThat(row.select("td").eachText().stream().mapToLong(Long::parseLong).toArray())
          .as(row.text())
          .isEqualTo(rowsByDay.get(row.select("th").text()));
    }
    Element calls = page.select(".chart").get(1);
    assertThat(calls.select("tbody tr")).hasSize(22);
    for (Element row : calls.select("tbody tr")) {
      assertThat(row.select("td").eachText())
          .containsExactly(callsByDay.get(row.select("th").text()).toString(), "12\u202f000");
    }
    assertThat(callsByDay.values().stream().mapToLong(Long::longValue).sum()).isPositive();
    assertThat(page.select("main").text())
        .contains("The budget is what the window 500/h allows in 24 hours");
  }

  @Test
  void accountsThatFailAgainAndAgainAreNamed() throws IOException {
    night("2026-11-13", "rows.csv", 1, "77,6", "79,8");
    night("2026-11-18", "rows.csv", 1, "77,6", "78,many");
    night("2026-11-19", "rows.csv", 1, "77,6", "80,9", "78,many");
    night("2026-11-20", "rows.csv", 1, "80,9");

    Document page = page();

    List<Element> accounts =
        new ArrayList<>(page.select("[aria-label^=Accounts that fail] tbody tr"));
    assertThat(accounts).hasSize(2);
    assertThat(accounts.get(0).children().eachText().subList(0, 5))
        .containsExactly("77", "3", "failed", "Email account not found", "3");
    assertThat(accounts.get(1).children().eachText().subList(0, 5))
        .containsExactly("80", "2", "failed", "Email account not found", "4");
    assertThat(
            page("--since", "200h").select("[aria-label^=Accounts that fail] tbody th").eachText())
        .containsExactly("80");
  }

  @Test
  void theSelectionIsThatOfTheList() throws IOException {
    weeks();

    Document page = page("--since", "5d", "--command", "update");

    assertThat(page.select("table.searched tbody tr")).hasSize(2);
    assertThat(nights(page))
        .hasSize(6)
        .containsEntry("Tue 24 Nov 2026", "failed or stopped")
        .containsEntry("Thu 26 Nov 2026", "missed");
    assertThat(page.select("main > p").first().text())
        .contains("with --command update. As of 27 Nov 2026")
        .contains("time zone");
    assertThat(nights(page("--status", "stopped")).values()).doesNotContain("ran");
  }

  @Test
  void aFolderWithoutRunsHasAPageToo() throws IOException {
    Document page = page();

    assertThat(page.select("main > section > p").text()).isEqualTo("There are no matching runs.");
    assertThat(nights(page)).containsOnlyKeys("Fri 27 Nov 2026");
    assertThat(home.resolve("var")).doesNotExist();
  }

  @Test
  void hostileValuesAreText() throws IOException {
    night("2026-11-26", HOSTILE, 0);

    Document page = page();

    assertThat(page.select("table.searched tbody td").eachText()).contains(HOSTILE);
    assertThat(page.select("img, iframe, link, [src], [href], [onerror]")).isEmpty();
    assertThat(page.select("script")).hasSize(1);
    assertThat(page.text()).doesNotContain("SMARTLEAD_API_KEY");
  }

  @Test
  void replacesAPageAndNothingElse() throws IOException {
    page();
    page();
    Path mine = program.file("mine.html", "<p>mine");

    assertThat(program.run("runs", "--html", "mine.html").err())
        .isEqualTo(
            "error: --html mine.html: contains something other than a page; delete it, or choose"
                + " another file\n");
    assertThat(Files.readString(mine)).isEqualTo("<p>mine\n");
  }
}
