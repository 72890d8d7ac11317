package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import io.github.smartleadbulk.store.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A state folder of each earlier schema, as the last program with that schema left it: run 1 is
 * finished, run 2 of 12 rows was killed. When the schema changes, pack a folder of the schema
 * before it.
 */
@DisabledIfSystemProperty(
    named = "state",
    matches = "postgresql",
    disabledReason = "it is about the folder")
class UpgradeTest {

  @TempDir Path home;

  static IntStream earlierSchemas() {
    return IntStream.range(1, Schema.VERSION);
  }

  private void unpack(int schema) throws IOException {
    InputStream packed =
        UpgradeTest.class.getResourceAsStream("upgrade/schema-%d.zip".formatted(schema));
    try (ZipInputStream zip = new ZipInputStream(Objects.requireNonNull(packed))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = home.resolve("var").resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.copy(zip, file);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("earlierSchemas")
  void runsAreListedShownAndResumed(int schema) throws IOException {
    unpack(schema);
    TestProgram program = new TestProgram(home);

    assertThat(program.run("runs").out())
        .containsPattern("(?m)^ +1 .* finished +0 .* 3 updated +finished.csv, sandbox$")
        .containsPattern("(?m)^ +2 .* killed .* open +killed.csv, sandbox$");
    assertThat(program.run("show", "1").out()).contains("finished.csv", "updated");

    Ended resumed = program.run("resume", "2", "--sandbox", "--rate", "unlimited");
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("Run 2: resuming killed.csv");
    assertThat(Files.readAllLines(home.resolve("var/runs/2/results.csv"))).hasSize(1 + 12);
    assertThat(program.run("runs").out())
        .containsPattern("(?m)^ +2 .* finished +0 .* 12 updated +killed.csv, sandbox$");
  }
}
