package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.CrashRehearsal.OnRecord;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import io.github.smartleadbulk.crash.Damage;
import io.github.smartleadbulk.crash.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/**
 * A file of the state folder that somebody has changed, cut off, emptied, removed or replaced with
 * an older copy, while run 1 was unfinished or after its end. {@code -Ddamages=all} tries 1,000,
 * {@code -Dseed} other ones.
 */
@Timeout(3_600)
final class DamagedStateTest {

  private static final int DAMAGES = "all".equals(System.getProperty("damages")) ? 1_000 : 30;

  @TempDir private Path temp;
  private CrashRehearsal rehearsal;

  @BeforeEach
  void start() throws Exception {
    rehearsal = new CrashRehearsal(temp);
  }

  @AfterEach
  void close() {
    rehearsal.close();
  }

  @Test
  void nothingWrongIsDoneOrTold(TestReporter reporter) throws Exception {
    assertThat(rehearsal.traced(rehearsal.home("first"), "update", "rows.csv").exitCode())
        .isEqualTo(1);
    int size = rehearsal.files().trace().size();
    SplittableRandom random = new SplittableRandom(Long.getLong("seed", 1));
    Map<String, Integer> ends = new TreeMap<>();

    for (int i = 0; i < DAMAGES; i++) {
      int operations = random.nextBoolean() ? size : random.nextInt(20, size);
      Path older = temp.resolve("older " + i);
      Path home = temp.resolve("damaged " + i);
      Image.afterKill(rehearsal.files().trace(), random.nextInt(20, operations + 1), older);
      Image.afterKill(rehearsal.files().trace(), operations, home);
      Files.createDirectories(home.resolve("var"));
      Files.createDirectories(older.resolve("var"));
      rehearsal.serverAt(operations);
      boolean isOnRecord = OnRecord.of(home).finished();
      String damage =
          "behind %d of %d: %s"
              .formatted(
                  operations,
                  size,
                  Damage.of(home.resolve("var"), older.resolve("var"), random.nextLong()));

      // The last frames of a killed process's journal look the same when they are damaged and when
      // they are torn.
      boolean finished = isOnRecord && (operations == size || !damage.contains("1/journal"));
      ends.merge(check(home, finished, damage), 1, Integer::sum);
      Folders.delete(home);
      Folders.delete(older);
    }
    reporter.publishEntry("ends of resume, update, rollback", ends.toString());
  }

  private String check(Path home, boolean finished, String damage) throws IOException {
    Path runs = home.resolve("var").resolve("runs");
    Set<Path> foldersBefore = Files.isDirectory(runs) ? list(runs) : Set.of();

    Ended resumed = rehearsal.run(home, "resume");
    assertThat(resumed.exitCode()).as("%s: %s", damage, resumed.err()).isIn(0, 1, 2);
    if (finished) {
      assertThat(rehearsal.api.updated()).as("a finished run sends, " + damage).isEmpty();
    }
    Ended updated = rehearsal.run(home, "update", "rows.csv");
    assertThat(updated.exitCode()).as("%s: %s", damage, updated.err()).isIn(1, 2);
    if (updated.exitCode() == 2) {
      // Refused with words that say how to go on.
      assertThat(updated.err()).as(damage).contains("--fresh");
      Ended fresh = rehearsal.run(home, "update", "rows.csv", "--fresh");
      assertThat(fresh.exitCode()).as("%s: %s", damage, fresh.err()).isEqualTo(1);
    }
    assertThat(rehearsal.api.copy())
        .as("accounts, " + damage)
        .hasToString(rehearsal.atTheEnd().toString());
    assertBeforeValues(runs, damage);
    assertThat(list(runs)).as(damage).containsAll(foldersBefore);

    Ended back = rehearsal.run(home, "rollback", "1");
    assertThat(back.exitCode()).as("%s: %s", damage, back.err()).isIn(0, 1, 2);
    assertEveryAccountIsAsItOnceWas(damage);
    return resumed.exitCode() + " " + updated.exitCode() + " " + back.exitCode();
  }

  /** No values but those from before run 1, whichever run tells them. */
  private static void assertBeforeValues(Path runs, String damage) throws IOException {
    for (Path run : list(runs)) {
      Path before = run.resolve("before.csv");
      // The damaged one itself may hold anything.
      if (Files.exists(before)
          && !damage.contains(runs.getFileName() + "/" + run.getFileName() + "/before.csv")) {
        assertThat(Files.readAllLines(before))
            .as("%s of %s, %s", before, run, damage)
            .allMatch(
                line ->
                    line.matches(
                        "email_account_id,(max_email_per_day,)?(signature,)?_message|\\d+,20,<p>Anna</p>,|\\d+,,,.*"));
      }
    }
  }

  private void assertEveryAccountIsAsItOnceWas(String damage) {
    List<String> now = rehearsal.api.copy().stream().map(ObjectNode::toString).toList();
    Set<String> once = new HashSet<>();
    rehearsal.atFirst().forEach(account -> once.add(account.toString()));
    rehearsal.atTheEnd().forEach(account -> once.add(account.toString()));
    assertThat(once).as("accounts behind the rollback, " + damage).containsAll(now);
  }

  private static Set<Path> list(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return new HashSet<>(files.toList());
    }
  }
}
