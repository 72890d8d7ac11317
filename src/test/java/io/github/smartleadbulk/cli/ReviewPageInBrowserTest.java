package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.browser.Browser;
import io.github.smartleadbulk.browser.InBrowser;
import io.github.smartleadbulk.browser.WithoutJavaScript;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page of a plan, as a reader uses it. */
@InBrowser
class ReviewPageInBrowserTest extends AgainstFakeSmartlead {

  private final Browser browser;

  ReviewPageInBrowserTest(Browser browser) {
    super(30);
    this.browser = browser;
  }

  @BeforeEach
  void rows() throws IOException {
    program.file(
        "rows.csv",
        "id,max_email_per_day,from_name,signature",
        "4,33,Anna Adler,<p>Best <b>Anna</b></p>",
        "5,33,Ben Berg,<p>Best <b>Ben</b></p>",
        "6,40,,");
  }

  private Path page(String... options) {
    List<String> command = new ArrayList<>(List.of("plan", "rows.csv", "--html", "review.html"));
    command.addAll(List.of(options));
    run(command.toArray(String[]::new));
    return home.resolve("review.html");
  }

  private List<String> shown(Browser in, String selector) {
    return in.driver().findElements(By.cssSelector(selector)).stream()
        .filter(WebElement::isDisplayed)
        .map(WebElement::getText)
        .toList();
  }

  private void awaitFound(String text) {
    browser.awaitText(".found", text);
  }

  private void search(String text) {
    WebElement field = browser.driver().findElement(By.cssSelector("input[type=search]"));
    field.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE, text);
  }

  @Test
  void searchAndFilterLeaveWhatFits() {
    browser.open(page());

    search("a5@example.com");
    awaitFound("3 changes");
    assertThat(shown(browser, ".group .field"))
        .containsExactlyInAnyOrder("max_email_per_day", "signature");
    assertThat(shown(browser, ".part tbody tr")).singleElement().asString().contains("Ben Berg");
    search("adler");
    awaitFound("1 change");
    search("33");
    awaitFound("2 changes");
    search("");
    awaitFound("7 changes");
    browser
        .driver()
        .findElement(
            By.cssSelector(
                "select[data-filter] option[value=signature], select[data-filter] option:last-child"))
        .click();
    awaitFound("2 changes");
    assertThat(shown(browser, ".group .field")).containsOnly("signature").hasSize(2);
  }

  @Test
  void aTableIsSortedByTheColumnThatIsPressed() {
    browser.open(page());
    WebElement header =
        browser.driver().findElement(By.cssSelector(".part th:nth-child(4) button"));

    header.click();
    List<String> up = shown(browser, ".part tbody td:nth-child(4)");
    header.click();

    assertThat(up).isSorted().hasSizeGreaterThan(1);
    assertThat(shown(browser, ".part tbody td:nth-child(4)"))
        .isSortedAccordingTo((one, other) -> other.compareTo(one));
    assertThat(
            browser
                .driver()
                .findElement(By.cssSelector(".part th:nth-child(4)"))
                .getDomAttribute("aria-sort"))
        .isEqualTo("descending");
  }

  @Test
  void aSignatureIsShownAsItLooksOrAsItIsWritten() {
    browser.open(page());
    WebElement group = browser.driver().findElement(By.cssSelector(".group[data-field=signature]"));

    group.findElement(By.cssSelector("summary")).click();
    browser.await(() -> group.findElements(By.cssSelector("iframe")).size() == 2);
    assertThat(group.findElement(By.cssSelector("pre")).isDisplayed()).isFalse();
    browser.driver().switchTo().frame(group.findElements(By.cssSelector("iframe")).get(1));
    assertThat(browser.driver().findElement(By.tagName("b")).getText()).isEqualTo("Anna");
    browser.driver().switchTo().defaultContent();

    group.findElement(By.cssSelector("[data-show=source]")).click();
    assertThat(group.findElement(By.cssSelector("pre")).getText()).contains("<b>Anna</b>");
    assertThat(group.findElement(By.cssSelector("iframe")).isDisplayed()).isFalse();
    group.findElement(By.cssSelector("summary")).click();
    browser.await(() -> group.findElements(By.cssSelector("iframe")).isEmpty());
  }

  @Test
  void withoutJavaScriptEverythingIsThereButTheControls(@WithoutJavaScript Browser plain) {
    plain.open(page());

    assertThat(shown(plain, ".controls, .sides")).isEmpty();
    assertThat(shown(plain, ".chart svg")).hasSize(1);
    assertThat(shown(plain, ".group summary")).hasSize(3);
    plain.driver().findElements(By.cssSelector(".group summary")).forEach(WebElement::click);
    assertThat(shown(plain, ".group pre")).hasSize(2).allMatch(text -> text.contains("<b>"));
    assertThat(shown(plain, ".group tbody tr")).hasSize(4);
  }
}
