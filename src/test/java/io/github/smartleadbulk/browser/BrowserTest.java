package io.github.smartleadbulk.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.UnhandledAlertException;

/** The browser sees what the tests of pages rely on it to see. */
@InBrowser
final class BrowserTest {

  private static final String STRICT_POLICY =
      "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'\">";

  @TempDir Path folder;
  private final Browser browser;

  BrowserTest(Browser browser) {
    this.browser = browser;
  }

  @Test
  void aPageThatAsksForNothingMakesNoRequest() throws IOException {
    open("<p>Nothing</p>");

    assertThat(browser.requests()).isEmpty();
    assertThat(browser.console()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<img src=http://example.com/x.gif>                           | GET http://example.com/x.gif",
        "<img src=https://example.com/x.gif>                          | CONNECT example.com:443",
        "<img src=http://127.0.0.1:8080/x.gif>                           | GET http://127.0.0.1:8080/x.gif",
        "<script>fetch('http://example.com/f').catch(() => 0)</script>| GET http://example.com/f",
        "<script>new WebSocket('ws://example.com/')</script>          | CONNECT example.com:80",
        "<link rel=preconnect href=https://example.com>               | CONNECT example.com:443",
        "<iframe src=http://example.com/frame></iframe>               | GET http://example.com/frame",
        "<iframe sandbox srcdoc='<img src=http://example.com/s>'></iframe> | GET http://example.com/s",
        "<meta http-equiv=refresh content='0;url=http://example.com/r'>    | GET http://example.com/r",
      })
  void anAttemptToReachTheNetworkIsSeen(String body, String request) throws IOException {
    open(body);

    assertThat(browser.requests()).contains(request);
  }

  @Test
  void aClickInASandboxedFrameThatLeavesThePageIsSeen() throws IOException {
    open("<iframe sandbox srcdoc='<a href=http://example.com/link>Link</a>'></iframe>");

    browser.driver().switchTo().frame(0).findElement(By.tagName("a")).click();

    assertThat(browser.requests()).containsExactly("GET http://example.com/link");
  }

  @Test
  void requestsOfAnEarlierTestAreForgotten() throws IOException {
    open("<img src=http://example.com/x.gif>");
    browser.reset();
    open("<p>Nothing</p>");

    assertThat(browser.requests()).isEmpty();
  }

  @Test
  void scriptsRunOrNotAsTheUserHasSetIt(@WithoutJavaScript Browser withoutJavaScript)
      throws IOException {
    Path page = page("<p>off</p><script>document.querySelector('p').textContent = 'on'</script>");
    browser.open(page);
    withoutJavaScript.open(page);

    assertThat(text(browser, "p")).isEqualTo("on");
    assertThat(text(withoutJavaScript, "p")).isEqualTo("off");
  }

  @Test
  void thePolicyOfAPageIsEnforcedAndItsComplaintsAreSeen() throws IOException {
    open(STRICT_POLICY + "<script>console.error('ran')</script><img src=http://example.com/x.gif>");

    assertThat(browser.requests()).isEmpty();
    assertThat(browser.console())
        .hasSize(2)
        .anyMatch(line -> line.contains("Executing inline script violates"))
        .anyMatch(line -> line.contains("Loading the image 'http://example.com/x.gif' violates"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<script>console.error('ran')</script>",
        "<svg onload=\"console.error('ran')\"></svg>",
        "<iframe srcdoc=\"<script>console.error('ran')</script>\"></iframe>",
        "<iframe sandbox=allow-scripts srcdoc=\"<script>console.error('ran')</script>\"></iframe>",
        "<iframe src=\"javascript:console.error('ran')\"></iframe>",
      })
  void aPayloadThatRunsIsSeenWhereverItRuns(String payload) throws IOException {
    open(payload);

    assertThat(browser.console()).anyMatch(line -> line.contains("\"ran\""));
  }

  @Test
  void aPayloadInASandboxDoesNotRunAndTheRefusalIsSeen() throws IOException {
    open("<iframe sandbox srcdoc=\"<script>console.error('ran')</script>\"></iframe>");

    assertThat(browser.console())
        .isNotEmpty()
        .allMatch(line -> line.contains("Blocked script execution in 'about:srcdoc'"));
  }

  @Test
  void aDialogFailsTheTest() throws IOException {
    Path page = page("<script>alert('ran')</script>");

    assertThatThrownBy(
            () -> {
              browser.open(page);
              browser.driver().getTitle();
            })
        .isInstanceOf(UnhandledAlertException.class)
        .hasMessageContaining("ran");
  }

  @Test
  void axeFindsWhatIsInaccessibleAlsoUnderAStrictPolicy() throws IOException {
    open(STRICT_POLICY + "<main><h1>Page</h1><img id=chart src=data:,></main>");

    assertThat(browser.seriousViolations())
        .containsExactly("image-alt: #chart: Images must have alternative text");
  }

  @Test
  void axeHasNothingToSayAboutAnAccessiblePage() throws IOException {
    open(STRICT_POLICY + "<main><h1>Page</h1><p>Text</p></main>");

    assertThat(browser.seriousViolations()).isEmpty();
  }

  @Test
  void aPageTakesTheLookThatIsAskedFor() throws IOException {
    open(
        """
        <style>
          p::before { content: 'light' }
          @media (prefers-color-scheme: dark) { p::before { content: 'dark' } }
          @media print { p::before { content: 'print' } }
        </style>
        <p></p>""");

    for (Look look : Look.values()) {
      browser.look(look);
      assertThat(
              browser
                  .driver()
                  .executeScript(
                      "return getComputedStyle(document.querySelector('p'), '::before').content"))
          .isEqualTo("\"" + look.name().toLowerCase(Locale.ROOT) + "\"");
    }
  }

  @ParameterizedTest
  @CsvSource({"DESKTOP, 1280", "PHONE, 390"})
  void aScreenshotShowsTheWholePage(Width width, int pixels) throws IOException {
    open(
        "<meta name=viewport content='width=device-width'><style>body { margin: 0 }</style><div style='height: 5000px; background: #123456'></div>");
    Path png = folder.resolve("page.png");

    browser.screenshot(png, width);

    BufferedImage image = ImageIO.read(png.toFile());
    assertThat(image.getWidth()).isEqualTo(pixels);
    assertThat(image.getHeight()).isEqualTo(5000);
    assertThat(image.getRGB(pixels - 1, 4999)).isEqualTo(0xFF123456);
  }

  private static String text(Browser browser, String selector) {
    return browser.driver().findElement(By.cssSelector(selector)).getText();
  }

  private void open(String body) throws IOException {
    browser.open(page(body));
  }

  private Path page(String body) throws IOException {
    return Files.writeString(
        folder.resolve("page.html"),
        "<!DOCTYPE html><html lang=en><meta charset=utf-8><title>Page</title>" + body);
  }
}
