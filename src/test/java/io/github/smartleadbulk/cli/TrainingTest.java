package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {

  @Test
  void everyCommandSucceeds(@TempDir Path folder) throws IOException {
    assertThat(Training.run(folder)).isZero();
  }
}
