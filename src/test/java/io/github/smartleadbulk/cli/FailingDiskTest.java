package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.CrashRehearsal.OnRecord;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import io.github.smartleadbulk.crash.Faults.Fault;
import io.github.smartleadbulk.crash.TracedFiles;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A disk that is full, over its quota, broken or read-only from any change to a file on, or at one.
 * By default every third change, {@code -Ddisks=all} tries all.
 */
@Timeout(3_600)
final class FailingDiskTest {

  private static final int STEP = "all".equals(System.getProperty("disks")) ? 1 : 6;

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

  @ParameterizedTest
  @EnumSource(Fault.class)
  void runStopsWithWordsAndGoesOnWhenTheDiskIsWell(Fault fault) throws Exception {
    int hits = 1;
    for (int nth = 1; hits > 0; nth += STEP) {
      boolean once = nth % 2 == 0;
      String disk = "%s %s %d".formatted(fault, once ? "at" : "from", nth);
      Path home = rehearsal.home(disk);
      rehearsal.api.restore(rehearsal.atFirst());
      TracedFiles files = new TracedFiles(home);
      if (once) {
        files.faults().failOnce(nth, fault);
      } else {
        files.faults().failFrom(nth, fault);
      }

      Ended ended = rehearsal.run(files.root(), "update", "rows.csv");
      hits = files.faults().hits();
      files.faults().heal();
      assertThat(ended.exitCode()).as("%s: %s", disk, ended.err()).isIn(1, 2, 5);
      if (ended.exitCode() == 1) {
        assertThat(hits).as(disk).isZero();
      } else {
        assertThat(ended.err()).as(disk).contains("error: ").doesNotContain("Exception");
      }
      OnRecord onRecord = OnRecord.of(home);
      Set<Long> applied = new HashSet<>(rehearsal.api.updated());
      assertThat(applied)
          .as("on record, %s", disk)
          .containsAll(onRecord.ended().stream().filter(id -> id > 2).toList());
      rehearsal.api.forget();

      Ended next = rehearsal.run(home, "update", "rows.csv");

      assertThat(next.exitCode()).as("%s: %s", disk, next.err()).isEqualTo(1);
      assertThat(rehearsal.api.updated()).as("sent, %s", disk).allMatch(onRecord::maySendTo);
      applied.retainAll(rehearsal.api.updated());
      applied.removeIf(account -> account == 3 && onRecord.finished());
      assertThat(applied)
          .as("repeated, %s", disk)
          .hasSizeLessThanOrEqualTo(CrashRehearsal.CONCURRENCY);
      rehearsal.assertWhole(home, disk);
      Folders.delete(home);
    }
  }
}
