package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run has a page at any time: in progress, after a kill, after the resume. */
@Timeout(120)
final class ReportOfKilledRunTest {

  private static final int ROWS = 300;

  @TempDir private Path home;
  private ProcessRehearsal rehearsal;

  @BeforeEach
  void start() throws IOException {
    rehearsal = new ProcessRehearsal(home, ROWS, Duration.ofMillis(10));
  }

  @AfterEach
  void close() {
    rehearsal.close();
  }

  private Document report() throws IOException {
    Path file = home.resolve("page.html");
    TestProgram program = new TestProgram(home);
    assertThat(program.run("report", "1", "--out", file.toString()).exitCode()).isZero();
    return Jsoup.parse(Files.readString(file));
  }

  @Test
  void pageTellsHowTheRunStands() throws Exception {
    CountDownLatch calls = new CountDownLatch(60);
    CountDownLatch looked = new CountDownLatch(1);
    rehearsal.onRequest =
        request -> {
          calls.countDown();
          if (calls.getCount() == 0) {
            await(looked);
          }
        };
    try (ProgramProcess program = rehearsal.update()) {
      assertThat(calls.await(60, TimeUnit.SECONDS)).isTrue();
      Document inProgress = report();
      assertThat(inProgress.select(".notes li").text()).startsWith("The run is in progress.");
      assertThat(inProgress.select("h2:contains(Next steps)")).isEmpty();
      program.kill();
    } finally {
      looked.countDown();
    }

    Document killed = report();
    int recorded = rehearsal.journalled(1).size();
    assertThat(killed.select(".notes li").text())
        .isEqualTo("The run was killed. " + (ROWS - recorded) + " rows have no outcome yet.");
    assertThat(killed.select(".part tbody tr")).hasSize(recorded);
    assertThat(killed.select("h2:contains(Next steps) ~ pre").text()).contains("resume 1");

    try (ProgramProcess program = rehearsal.resume()) {
      assertThat(program.exitCode()).as(program.err()).isZero();
    }
    Document whole = report();
    assertThat(whole.select(".notes li").text())
        .isEqualTo("The run finished. No row needs attention.");
    assertThat(whole.select(".part tbody tr")).hasSize(ROWS);
    assertThat(whole.select("h3:contains(Processes) + div tbody td:nth-of-type(2)").eachText())
        .containsExactly("killed", "finished");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
