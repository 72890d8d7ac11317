package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.postgres.RestartablePostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Workers and the database are killed at random instants, {@code -Dkills} times, while they execute
 * one detached run, and are started again until it has finished.
 */
@Timeout(900)
final class WorkerKillsTest {

  private static final int KILLS = Integer.getInteger("kills", 3);
  private static final long SEED = Long.getLong("seed", 42);

  /** Updates that arrive between two kills, at most. */
  private static final int MOST_BETWEEN = 30;

  private static final int ACCOUNTS = 40 + KILLS * 12;
  private static final RateWindow WINDOW = RateWindow.parseAll("100/s").get(0);
  private static final String[] ALL = Cluster.NAMES.toArray(String[]::new);

  @Test
  void noRowIsLostAndNoCallIsRefused(@TempDir Path home, @TempDir Path data) throws Exception {
    Random random = new Random(SEED);
    Semaphore arrived = new Semaphore(0);
    int ofTheDatabase = 0;
    try (RestartablePostgres database = new RestartablePostgres(data.resolve("pg"));
        Cluster cluster =
            new Cluster(home, database.url(), ACCOUNTS, Duration.ofMillis(20), WINDOW)) {
      cluster.onUpdate = (workspace, request) -> arrived.release();
      cluster.done("update", cluster.rows("rows.csv", 33, ALL).toString(), "--detach", "-q");
      ProgramProcess[] workers = {cluster.worker("one"), cluster.worker("two")};
      try {
        for (int kills = 0; kills < KILLS; kills++) {
          arrived.drainPermits();
          assertThat(arrived.tryAcquire(1 + random.nextInt(MOST_BETWEEN), 120, TimeUnit.SECONDS))
              .as("calls after kill %d: %s%s", kills, workers[0].err(), workers[1].err())
              .isTrue();
          TimeUnit.MILLISECONDS.sleep(random.nextInt(50));
          if (random.nextInt(3) == 0) {
            ofTheDatabase++;
            database.kill();
            database.startAgain();
          } else {
            int killed =
                cluster
                        .ask("SELECT picked_by FROM scheduled_tasks")
                        .endsWith("-" + workers[0].pid())
                    ? 0
                    : 1;
            workers[killed].kill();
            workers[killed] = cluster.worker(killed == 0 ? "one" : "two");
          }
        }
        cluster.untilFinished(1);
        for (ProgramProcess worker : workers) {
          assertThat(worker.isAlive()).as(worker.err()).isTrue();
          assertThat(worker.err()).doesNotContain("This is a bug");
        }
      } finally {
        List.of(workers).forEach(ProgramProcess::close);
      }
      System.err.printf(
          "FIGURE %d kills, %d of the database: %d updates of %d accounts, %d repeated, %d refused%n",
          KILLS,
          ofTheDatabase,
          cluster.updates(),
          ACCOUNTS * ALL.length,
          cluster.repeated(),
          cluster.refused());
      cluster.assertWhole(1, 33, ALL);
      assertThat(cluster.repeated()).isLessThanOrEqualTo(KILLS * ALL.length * Cluster.CONCURRENCY);
    }
  }
}
