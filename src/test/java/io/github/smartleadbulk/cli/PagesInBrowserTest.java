package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.browser.Browser;
import io.github.smartleadbulk.browser.InBrowser;
import io.github.smartleadbulk.browser.Look;
import io.github.smartleadbulk.browser.Width;
import io.github.smartleadbulk.browser.WithoutJavaScript;
import io.github.smartleadbulk.cli.FakeSmartlead.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** What holds for each page, whatever is on it. */
@InBrowser
class PagesInBrowserTest extends AgainstFakeSmartlead {

  private static final int ACCOUNTS = HostileTexts.ALL.size();

  private final Browser browser;

  PagesInBrowserTest(Browser browser) {
    super(ACCOUNTS);
    this.browser = browser;
  }

  /** The pages. Each is made of accounts, rows and answers with hostile texts. */
  enum Kind {
    REVIEW("plan", "rows.csv", "--allow-damaged-text"),
    RUN("update", "rows.csv", "--allow-damaged-text", "--max-attempts", "1"),
    RAMP("ramp", "ramp.csv", "--preview", "30"),
    HISTORY("runs");

    private final List<String> command;

    Kind(String... command) {
      this.command = List.of(command);
    }
  }

  private Path page(Kind kind) throws IOException {
    List<String> rows = new ArrayList<>(List.of("id,max_email_per_day,from_name,signature"));
    List<String> ramp =
        new ArrayList<>(List.of("email_account_id,from,start,step,every,cap,weekdays"));
    int id = 1;
    for (String text : HostileTexts.ALL) {
      api.account(id).put("from_name", text).put("signature", text);
      String cell = "\"" + text.replace("\"", "\"\"") + " \"";
      rows.add("%d,%d,%s,%s".formatted(id, 30 + id, cell, cell));
      ramp.add("%d,2026-01-01,5,5,1,%d,mon-fri".formatted(id, 60 + id));
      id++;
    }
    api.script =
        call ->
            call.isUpdate() && call.account() % 7 == 0
                ? new Answer(
                    400, "{\"message\":\"" + HostileTexts.ALL.get(0).replace("\"", "") + "\"}")
                : null;
    program.file("rows.csv", rows.toArray(String[]::new));
    program.file("ramp.csv", ramp.toArray(String[]::new));
    if (kind == Kind.HISTORY) {
      page(Kind.RUN);
      page(Kind.RUN);
    }
    List<String> command = new ArrayList<>(kind.command);
    command.addAll(List.of("--html", "page.html"));
    if (kind == Kind.HISTORY) {
      program.run(command.toArray(String[]::new));
    } else {
      run(command.toArray(String[]::new));
    }
    return home.resolve("page.html");
  }

  private void openAll() {
    browser
        .driver()
        .executeScript("document.querySelectorAll('details').forEach(one => one.open = true)");
    int frames = browser.driver().findElements(By.cssSelector(".frame")).size();
    browser.await(() -> browser.driver().findElements(By.cssSelector("iframe")).size() == frames);
  }

  @ParameterizedTest
  @EnumSource
  void nothingRunsAndNothingLeavesThePage(Kind kind) throws IOException {
    browser.open(page(kind));
    openAll();

    assertThat(browser.requests()).isEmpty();
    assertThat(browser.console()).noneMatch(line -> line.contains(HostileTexts.RAN));
    assertThat(browser.driver().findElement(By.tagName("h1")).isDisplayed()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void itIsAccessibleInEveryLookAndFitsAPhone(Kind kind) throws IOException {
    browser.open(page(kind));
    openAll();

    for (Look look : Look.values()) {
      browser.look(look);
      for (Width width : Width.values()) {
        browser.width(width);
        assertThat(browser.seriousViolations()).as("%s, %s", look, width).isEmpty();
      }
    }
    browser.look(Look.LIGHT);
    assertThat(browser.driver().executeScript("return document.documentElement.scrollWidth"))
        .isEqualTo(390L);
  }

  @ParameterizedTest
  @EnumSource
  void withoutJavaScriptTablesAndChartsAreThere(Kind kind, @WithoutJavaScript Browser plain)
      throws IOException {
    plain.open(page(kind));

    assertThat(shown(plain, ".controls, .sides, .switch")).isEmpty();
    assertThat(shown(plain, ".chart svg")).isNotEmpty();
    assertThat(shown(plain, "tbody tr, .group summary")).hasSizeGreaterThan(3);
  }

  /** A run that failed as a whole is when its page is needed. */
  @Test
  void aPageWithoutChangesStillSearchesAndSorts() throws IOException {
    program.file("rows.csv", "id,max_email_per_day", "1,x", "2,y", "3,x");
    run("update", "rows.csv", "--html", "page.html");
    browser.open(home.resolve("page.html"));

    browser.driver().findElement(By.cssSelector("table.searched th:first-child button")).click();
    browser.driver().findElement(By.cssSelector("table.searched th:first-child button")).click();

    assertThat(shown(browser, "table.searched tbody td:first-child"))
        .containsExactly("4", "3", "2");
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void aPlaceOfAHeatMapTellsItsLimitToAFinger() throws IOException {
    browser.width(Width.PHONE);
    browser.open(page(Kind.RAMP));
    WebElement cell = browser.driver().findElement(By.cssSelector(".heat tbody td.spot"));

    cell.click();

    assertThat(shown(browser, ".heat .told")).containsExactly(cell.getDomAttribute("title"));
  }

  private static List<String> shown(Browser in, String selector) {
    return in.driver().findElements(By.cssSelector(selector)).stream()
        .filter(WebElement::isDisplayed)
        .map(WebElement::getText)
        .toList();
  }
}
