package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.browser.Browser;
import io.github.smartleadbulk.browser.InBrowser;
import io.github.smartleadbulk.browser.Width;
import io.github.smartleadbulk.cli.FakeSmartlead.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/**
 * Makes the images of the four pages in {@code docs/images}, of a fleet that is made up. Not a
 * test: {@code ./mvnw test -Dtest=Screenshots} runs it.
 */
@InBrowser
final class Screenshots extends AgainstFakeSmartlead {

  private static final Path IMAGES = Path.of("docs", "images");

  private static final List<String> NAMES =
      List.of("Anna Adler", "Ben Berg", "Chiara Conti", "David Diaz", "Elif Eren", "Farid Faure");

  private static final int FLEET = 120;

  private final Browser browser;

  Screenshots(Browser browser) {
    super(FLEET);
    this.browser = browser;
  }

  @Test
  void ofAllPages() throws IOException {
    Files.createDirectories(IMAGES);
    for (int id = 1; id <= FLEET; id++) {
      String name = NAMES.get(id % NAMES.size());
      api.account(id)
          .put("from_name", name)
          .put("message_per_day", 20 + 5 * (id % 4))
          .put(
              "from_email",
              name.toLowerCase(Locale.ROOT).replace(' ', '.') + id + "@mail.example.com")
          .put("signature", "<p>Best,<br>" + name + "</p>");
    }
    review();
    run();
    history();
    ramp();
  }

  private void review() throws IOException {
    List<String> rows = new ArrayList<>(List.of("email_account_id,max_email_per_day,signature"));
    for (int id = 1; id <= FLEET; id++) {
      String name = NAMES.get(id % NAMES.size());
      rows.add(
          "%d,%d,%s"
              .formatted(
                  id,
                  25 + 5 * (id % 4),
                  id > 6
                      ? ""
                      : "<p>Best regards<br><b>%s</b><br><span style='color:#0b5cad'>Head of Growth</span></p>"
                          .formatted(name)));
    }
    program.file("relaunch.csv", rows.toArray(String[]::new));
    run(
        "update",
        "relaunch.csv",
        "--dry-run",
        "--max-changes",
        "50%",
        "--html",
        "review.html",
        "--rate",
        "standard");
    browser.open(home.resolve("review.html"));
    browser.driver().findElement(By.cssSelector(".group[data-field=signature] summary")).click();
    browser.await(() -> browser.driver().findElements(By.cssSelector("iframe")).size() == 2);
    take("review");
  }

  /**
   * A run by the real clock, which its journal has: it waits, is told to wait, and has failures.
   */
  private void run() throws IOException {
    List<String> rows = new ArrayList<>(List.of("email_account_id,from_email,max_email_per_day"));
    for (int id = 1; id <= 30; id++) {
      rows.add(id + "," + api.account(id).get("from_email").asString() + "," + (45 + id % 4));
    }
    program.file("fleet.csv", rows.toArray(String[]::new));
    AtomicInteger calls = new AtomicInteger();
    api.script =
        call -> {
          if (call.isUpdate() && call.account() % 9 == 5) {
            return new Answer(400, "{\"message\":\"Account is disconnected\"}");
          }
          return call.isUpdate() && calls.incrementAndGet() == 12 ? new Answer(429, "{}") : null;
        };
    String[] command = {
      "update",
      "fleet.csv",
      "--html",
      "run.html",
      "--state-dir",
      "one",
      "--rate",
      "4/s",
      "--canary",
      "3"
    };
    run(command);
    browser.open(home.resolve("run.html"));
    take("run");
  }

  /** Five weeks of nights, one of them missed. */
  private void history() throws IOException {
    LocalDate first = LocalDate.of(2026, 10, 19);
    for (int night = 0; night < 33; night++) {
      LocalDate day = first.plusDays(night);
      int limit = 30 + night;
      List<String> rows = new ArrayList<>(List.of("email_account_id,from_email,max_email_per_day"));
      for (int id = 1; id <= FLEET; id++) {
        rows.add(id + "," + api.account(id).get("from_email").asString() + "," + (limit + id % 4));
      }
      boolean troubled = night % 9 == 4 || night == 32;
      api.script =
          call ->
              troubled && call.isUpdate() && call.account() % 40 == 3
                  ? new Answer(400, "{\"message\":\"Account is disconnected\"}")
                  : null;
      program.file("fleet.csv", rows.toArray(String[]::new));
      program.at(day + "T02:00:00Z");
      if (night != 25) {
        run("update", "fleet.csv", "--max-attempts", "1");
      }
    }
    program.run("runs", "--html", "history.html");
    browser.open(home.resolve("history.html"));
    take("history");
  }

  private void ramp() throws IOException {
    List<String> rows =
        new ArrayList<>(List.of("email_account_id,from_email,from,start,step,every,cap,weekdays"));
    for (int id = 1; id <= FLEET; id++) {
      rows.add(
          "%d,%s,2026-11-%02d,5,5,%d,%d,mon-fri"
              .formatted(
                  id,
                  api.account(id).get("from_email").asString(),
                  16 + id % 8,
                  2 + id % 3,
                  60 + 10 * (id % 3)));
    }
    program.file("ramp.csv", rows.toArray(String[]::new));
    program.at("2026-11-20T02:00:00Z");
    program.run("ramp", "ramp.csv", "--preview", "60", "--html", "ramp.html");
    browser.open(home.resolve("ramp.html"));
    take("ramp");
  }

  private void take(String name) throws IOException {
    for (Width width : Width.values()) {
      Path image = IMAGES.resolve(name + (width == Width.PHONE ? "-390.png" : "-1280.png"));
      browser.screenshot(image, width);
      assertThat(image).isNotEmptyFile();
    }
    browser.width(Width.DESKTOP);
  }
}
