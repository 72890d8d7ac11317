package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import io.github.smartleadbulk.state.StateStore;
import io.github.smartleadbulk.store.FolderWait;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded sandbox remembers its accounts in the state folder. */
class SandboxMemoryTest {

  @TempDir Path home;

  private TestProgram program;

  @BeforeEach
  void start() throws IOException {
    program = new TestProgram(home).withConfig("rate = unlimited", "sandbox = true");
    program.file(
        "rows.csv",
        "from_email,max_email_per_day,from_name",
        "ann@example.com,33,Ann",
        "ben@example.com,34,Ben");
  }

  private Path store() {
    return home.resolve("var").resolve("sandbox.store");
  }

  private Ended run(String... arguments) {
    Ended ended = program.run(arguments);
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    return ended;
  }

  /** The promise of the README's first screen. */
  @Test
  void theFirstCommandOfTheReadmeChangesNothingTheSecondTime() throws IOException {
    String command =
        Documents.commandsInBlocks(Documents.README).stream()
            .filter(line -> line.contains("--sandbox"))
            .findFirst()
            .orElseThrow();
    Files.createDirectory(home.resolve("samples"));
    Files.copy(
        Documents.CHECKOUT.resolve("samples/nightly-ramp.csv"),
        home.resolve("samples/nightly-ramp.csv"));

    assertThat(run(Documents.arguments(command)).out()).containsPattern("updated +\\d");

    assertThat(run(Documents.arguments(command)).out())
        .containsPattern("unchanged +\\d")
        .doesNotContain("updated");
  }

  @Test
  void everyCommandSeesTheSameAccounts() throws IOException {
    run("plan", "rows.csv");
    assertThat(run("update", "--plan", "1").out()).contains("updated               2");
    assertThat(run("plan", "rows.csv").out()).contains("unchanged             2");

    run("export", "--out", "all.csv");
    assertThat(home.resolve("all.csv"))
        .content()
        .contains("ann@example.com,33,Ann,")
        .contains("ben@example.com,34,Ben,");

    run("rollback", "2");
    assertThat(run("update", "rows.csv").out()).contains("updated               2");
  }

  @Test
  void aRunOfTheSandboxIsResumedAgainstWhatItHasLeft() {
    Ended stopped = program.run("update", "rows.csv", "--max-changes", "1");
    assertThat(stopped.exitCode()).isEqualTo(4);

    assertThat(run("resume", "--max-changes", "2").out()).contains("updated               2");
    assertThat(run("update", "rows.csv", "--max-changes", "2").out())
        .contains("unchanged             2");
  }

  @Test
  void whatSeveralFilesHaveNamedIsListed() throws IOException {
    run("update", "rows.csv");
    program.file("more.csv", "from_email,max_email_per_day", "cat@example.com,35");
    run("update", "more.csv");

    run("export", "--out", "all.csv");

    assertThat(Files.readAllLines(home.resolve("all.csv")))
        .filteredOn(line -> line.matches(".*(ann|ben|cat)@example.com,3[345],.*"))
        .hasSize(3);
  }

  @Test
  void otherFoldersAndStoresHaveOtherAccounts() {
    run("update", "rows.csv");

    assertThat(run("update", "rows.csv", "--state-dir", "other").out())
        .contains("updated               2");
    assertThat(run("update", "rows.csv", "--store", "other.store").out())
        .contains("updated               2");
    assertThat(run("update", "rows.csv").out()).contains("unchanged             2");
  }

  @Test
  void theFileIsTheOwnersAndGoesWhenHeDeletesIt() throws IOException {
    run("update", "rows.csv");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(store())))
        .isEqualTo("rw-------");
    assertThat(run("prune", "--older-than", "0s").out()).contains("Deleted 1 run");
    assertThat(run("update", "rows.csv").out()).contains("unchanged             2");

    Files.delete(store());

    assertThat(run("update", "rows.csv").out()).contains("updated               2");
  }

  @Test
  void anotherOrADamagedFileIsRefusedAndStaysAsItIs() throws IOException {
    run("update", "rows.csv");
    byte[] whole = Files.readAllBytes(store());
    Map<String, byte[]> contents = new TreeMap<>();
    contents.put("letter", "Dear Sir or Madam".getBytes(StandardCharsets.UTF_8));
    contents.put("one byte", new byte[1]);
    contents.put("zeros", new byte[whole.length]);
    contents.put("start only", Arrays.copyOf(whole, 100));
    contents.put("headers only", Arrays.copyOf(whole, 8192));
    byte[] garbled = whole.clone();
    Arrays.fill(garbled, 0, Math.min(garbled.length, 8192), (byte) 'x');
    contents.put("no headers", garbled);
    contents.put(
        "first format", "smartlead-bulk sandbox store 1\n".getBytes(StandardCharsets.UTF_8));
    for (Map.Entry<String, byte[]> content : contents.entrySet()) {
      Files.write(store(), content.getValue());

      Ended ended = program.run("update", "rows.csv");

      assertThat(ended.exitCode()).as(content.getKey() + ended.err()).isEqualTo(2);
      assertThat(ended.err())
          .as(content.getKey())
          .startsWith("error: ")
          .contains("sandbox.store")
          .contains("delete it")
          .doesNotContain("MVStore", "h2", "Exception");
      assertThat(store()).as(content.getKey()).hasBinaryContent(content.getValue());
    }
  }

  /** Whatever is damaged behind the headers: an answer, and never a fault of the program. */
  @Test
  void damageInTheMiddleIsAnErrorOrForgotten() throws IOException {
    run("update", "rows.csv");
    byte[] whole = Files.readAllBytes(store());
    for (int at = 8192; at < whole.length; at += 512) {
      byte[] damaged = whole.clone();
      Arrays.fill(damaged, at, Math.min(whole.length, at + 512), (byte) 0x5A);
      Files.write(store(), damaged);

      Ended ended = program.run("update", "rows.csv");

      assertThat(ended.exitCode()).as(at + ": " + ended.err() + ended.out()).isIn(0, 1, 2);
    }
  }

  @Test
  void aLinkIsNotFollowed() throws IOException {
    Path letter = program.file("letter.txt", "Dear Sir or Madam");
    Files.createDirectories(home.resolve("var"));
    Files.createSymbolicLink(store(), letter);

    assertThat(program.run("update", "rows.csv").exitCode()).isNotZero();

    assertThat(letter).hasContent("Dear Sir or Madam");
  }

  /** Whoever has no key need not wait to hear it. */
  @Test
  void aMissingKeyAndABadOptionAreToldBeforeTheFolderIsLocked() throws Exception {
    program.withConfig("rate = unlimited");
    program.file("plan.csv", "from_email,from,start,step,cap", "a@x.com,2026-01-01,5,5,50");
    Path folder = Files.createDirectories(home.resolve("var"));
    try (StateStore busy = StateStore.open(folder, FolderWait.NONE)) {
      for (String command :
          new String[] {"update rows.csv", "plan rows.csv", "ramp plan.csv", "export"}) {
        assertThat(program.run(command.split(" ")).exitCode()).as(command).isEqualTo(3);
        assertThat(program.run((command + " --sandbox --rate x").split(" ")).exitCode())
            .as(command)
            .isEqualTo(2);
        assertThat(program.run((command + " --sandbox").split(" ")).exitCode())
            .as(command)
            .isEqualTo(6);
      }
    }
  }
}
