package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import io.github.smartleadbulk.sandbox.Sandbox;
import io.github.smartleadbulk.sandbox.SandboxSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxCommandTest {

  @TempDir Path home;
  @TempDir Path directory;

  private Ended sandboxWithStore() {
    return new TestProgram(home, directory).run("sandbox", "--store", "accounts.store");
  }

  @Test
  void aStoreThatAnotherSandboxHasIsRefused() throws Exception {
    Path store = directory.resolve("accounts.store");
    try (Sandbox other = Sandbox.start(SandboxSettings.rehearsal(store))) {
      Ended ended = sandboxWithStore();

      assertThat(ended.exitCode()).isEqualTo(2);
      assertThat(ended.out()).isEmpty();
      assertThat(ended.err())
          .isEqualToNormalizingNewlines(
              "error: " + store + ": another sandbox is using this file\n");
      assertThat(other.counts().requests()).isZero();
    }
  }

  @Test
  void aFileOfAnotherKindIsRefusedAndLeftAsItIs() throws Exception {
    Path store = Files.writeString(directory.resolve("accounts.store"), "id,bcc\n");

    Ended ended = sandboxWithStore();

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err())
        .isEqualToNormalizingNewlines(
            "error: " + store + ": this is not a sandbox file; it was not changed\n");
    assertThat(store).hasContent("id,bcc\n");
  }

  @Test
  void aStoreThatCannotBeAFileIsRefused() throws Exception {
    Files.createDirectory(directory.resolve("accounts.store"));

    Ended ended = sandboxWithStore();

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).startsWith("error: ").contains("accounts.store");
  }
}
