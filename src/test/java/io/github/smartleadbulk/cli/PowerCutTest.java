package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.crash.Image;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A power cut at any moment of a run: what was forced to the disk is there, and of the rest any
 * part. {@code -Dcuts=all} tries 2,000, {@code -Dseed} other ones.
 */
@Timeout(3_600)
final class PowerCutTest {

  private static final int CUTS = "all".equals(System.getProperty("cuts")) ? 2_000 : 80;

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
  void nothingThatWasForcedIsLost() throws Exception {
    assertThat(rehearsal.traced(rehearsal.home("first"), "update", "rows.csv").exitCode())
        .isEqualTo(1);
    int size = rehearsal.files().trace().size();
    SplittableRandom random = new SplittableRandom(Long.getLong("seed", 1));

    for (int cut = 0; cut < CUTS; cut++) {
      int operations = random.nextInt(size + 1);
      long seed = random.nextLong();
      Path image = temp.resolve("cut " + cut);
      Image.afterPowerCut(rehearsal.files().trace(), operations, seed, image);
      rehearsal.assertGoesOn(
          image, operations, "cut behind %d of %d, seed %d".formatted(operations, size, seed));
      Folders.delete(image);
    }
  }
}
