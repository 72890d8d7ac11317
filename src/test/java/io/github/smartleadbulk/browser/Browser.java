package io.github.smartleadbulk.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * Headless Chromium that reaches nothing: every request, of a page or of the browser itself, ends
 * at a proxy that notes and refuses it.
 */
public final class Browser implements AutoCloseable {

  private static final String AXE = read("/axe.min.js");

  /** Longer images do not fit into a texture of the browser and come out grey. */
  private static final int MAX_SCREENSHOT_HEIGHT = 16_000;

  /** Reached only by a test that fails. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final RefusingProxy proxy;
  private final ChromeDriverService service;
  private final ChromeDriver driver;
  private final JavaScript javaScript;
  private final String page;
  private final String barrier;
  private int firstRequest;
  private int barriers;

  private Browser(
      RefusingProxy proxy,
      ChromeDriverService service,
      ChromeDriver driver,
      JavaScript javaScript) {
    this.proxy = proxy;
    this.service = service;
    this.driver = driver;
    this.javaScript = javaScript;
    driver.manage().timeouts().scriptTimeout(PATIENCE);
    page = driver.getWindowHandle();
    // A window and not a tab: a tab would hide the page, and hidden pages load and draw less.
    barrier = driver.switchTo().newWindow(WindowType.WINDOW).getWindowHandle();
    driver.switchTo().window(page);
  }

  static Browser start(JavaScript javaScript) {
    BrowserPrograms programs = BrowserPrograms.find(System.getenv("PATH")).orElseThrow();
    RefusingProxy proxy = RefusingProxy.start();
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(programs.driver().toFile())
            .usingAnyFreePort()
            .withSilent(true)
            .build();
    try {
      return new Browser(
          proxy,
          service,
          new ChromeDriver(service, options(programs, proxy, javaScript)),
          javaScript);
    } catch (RuntimeException e) {
      service.stop();
      proxy.close();
      throw e;
    }
  }

  private static ChromeOptions options(
      BrowserPrograms programs, RefusingProxy proxy, JavaScript javaScript) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(programs.browser().toFile());
    options.addArguments(
        "--headless=new",
        "--proxy-server=http://" + proxy.address(),
        // Without this, a page could reach servers on this machine past the proxy.
        "--proxy-bypass-list=<-loopback>",
        // Containers have little of this memory, and the browser crashes without it.
        "--disable-dev-shm-usage",
        // What the browser does by itself, switched off, or sent to a name of its own where there
        // is
        // no switch: what remains is the page's.
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-default-apps",
        "--disable-domain-reliability",
        "--disable-extensions",
        "--disable-sync",
        "--no-first-run",
        "--no-default-browser-check",
        "--disable-features=MediaRouter,NetworkTimeServiceQuerying,OptimizationHints,Translate,"
            // Sandboxed frames in the process of their page: the console of another process is not
            // in the log that WebDriver reads.
            + "IsolateSandboxedIframes",
        "--gaia-url=" + RefusingProxy.OWN,
        "--gcm-checkin-url=" + RefusingProxy.OWN,
        "--gcm-registration-url=" + RefusingProxy.OWN,
        "--google-base-url=" + RefusingProxy.OWN,
        "--hide-scrollbars");
    if (System.getProperty("user.name").equals("root")) {
      // Chromium's own sandbox refuses to run as root.
      options.addArguments("--no-sandbox");
    }
    if (javaScript == JavaScript.OFF) {
      options.setExperimentalOption(
          "prefs", Map.of("profile.managed_default_content_settings.javascript", 2));
    }
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    return options;
  }

  void reset() {
    driver.switchTo().window(page);
    driver.get("about:blank");
    look(Look.LIGHT);
    width(Width.DESKTOP);
    console();
    firstRequest = proxy.requests().size();
  }

  /** Returns when the page has loaded. */
  public void open(Path page) {
    driver.get(page.toUri().toString());
  }

  /** Waits until something is so, and fails if it does not come. */
  public void await(BooleanSupplier condition) {
    new WebDriverWait(driver, PATIENCE).until(any -> condition.getAsBoolean());
  }

  /** Waits until an element has this text, and fails with the text that it has. */
  public void awaitText(String selector, String text) {
    new WebDriverWait(driver, PATIENCE)
        .until(ExpectedConditions.textToBe(By.cssSelector(selector), text));
  }

  /** For what a reader does: find, click, type. */
  public ChromeDriver driver() {
    return driver;
  }

  /**
   * What the page has asked the network for since the test began, for example {@code GET
   * http://example.com/pixel.gif} or {@code CONNECT example.com:443}.
   *
   * <p>{@code <link rel=dns-prefetch>} is not seen: Chromium does not look up names when it has a
   * proxy.
   */
  public List<String> requests() {
    awaitEarlierRequests();
    List<String> all = proxy.requests();
    return all.subList(firstRequest, all.size());
  }

  /** A request of our own from another window: when it is answered, earlier ones were sent. */
  private void awaitEarlierRequests() {
    driver.switchTo().window(barrier);
    driver.get(RefusingProxy.OWN + ++barriers);
    driver.switchTo().window(page);
  }

  /**
   * What the page and its frames, sandboxed ones too, wrote to the console since the last call,
   * with the browser's own complaints: refused scripts and requests, errors. So a payload that
   * calls {@code console.error} proves by its silence that it did not run.
   *
   * <p>A payload that opens a dialog makes the next call of the driver fail.
   */
  public List<String> console() {
    awaitQueuedTasks();
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  /** Frames run what is in them in tasks of their own, some of them after the page has loaded. */
  private void awaitQueuedTasks() {
    if (javaScript == JavaScript.ON) {
      driver.executeAsyncScript(
          """
          const done = arguments[0];
          let turns = 20;
          const turn = () => turns-- === 0 ? done() : requestAnimationFrame(() => setTimeout(turn));
          turn();
          """);
    }
  }

  public void width(Width width) {
    metrics(width, width.height);
  }

  private void metrics(Width width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width",
            width.pixels,
            "height",
            height,
            "deviceScaleFactor",
            1,
            "mobile",
            width.isPhone));
  }

  public void look(Look look) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "media",
            look.medium,
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", look.colorScheme))));
  }

  /**
   * What axe-core finds serious or critical in the page as it is now, one line for each element.
   * Frames are left out: what is in them is not ours.
   */
  public List<String> seriousViolations() {
    if (javaScript == JavaScript.OFF) {
      throw new IllegalStateException("axe-core needs JavaScript");
    }
    // WebDriver's scripts are not the page's: its Content-Security-Policy does not hold for them.
    driver.executeScript(AXE);
    List<?> violations =
        (List<?>)
            driver.executeAsyncScript(
                """
            const done = arguments[0];
            axe.run(document, {iframes: false, resultTypes: ['violations']}).then(
                results => done(results.violations
                    .filter(rule => rule.impact === 'serious' || rule.impact === 'critical')
                    .flatMap(rule => rule.nodes.map(
                        node => `${rule.id}: ${node.target.join(' ')}: ${rule.help}`))),
                failure => done(['axe-core failed: ' + failure]));
            """);
    return violations.stream().map(String.class::cast).toList();
  }

  /** Writes the whole page, from top to bottom, as it looks at this width. */
  public void screenshot(Path png, Width width) throws IOException {
    width(width);
    long whole = (Long) driver.executeScript("return document.documentElement.scrollHeight");
    int height = (int) Math.min(MAX_SCREENSHOT_HEIGHT, whole);
    // Frames and long tables outside of the window are not drawn.
    metrics(width, height);
    Map<String, Object> image =
        driver.executeCdpCommand(
            "Page.captureScreenshot",
            Map.of(
                "format",
                "png",
                "captureBeyondViewport",
                true,
                "clip",
                Map.of("x", 0, "y", 0, "width", width.pixels, "height", height, "scale", 1)));
    Files.write(png, Base64.getDecoder().decode((String) image.get("data")));
  }

  private static String read(String resource) {
    try (InputStream stream = Browser.class.getResourceAsStream(resource)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      driver.quit();
    } finally {
      service.stop();
      proxy.close();
    }
  }
}
