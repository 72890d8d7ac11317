package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bin/smartlead-bulk} does before it becomes Java. The Java here is a script. */
class LauncherTest {

  private static final Path SOURCES = Path.of("src", "main", "launcher");

  private static final String PREPARING = "preparing a quicker start (once)";

  @TempDir Path home;

  private Path installation;

  @BeforeEach
  void install() throws IOException {
    installation = installInto("installation");
  }

  private Path installInto(String name) throws IOException {
    Path folder = home.resolve(name);
    for (String file : List.of("bin/smartlead-bulk", "lib/launch.sh", "lib/java.options")) {
      Files.createDirectories(folder.resolve(file).getParent());
      Files.copy(SOURCES.resolve(file), folder.resolve(file));
    }
    Files.writeString(folder.resolve("smartlead-bulk.jar"), "the program");
    java(
        folder,
        """
        #!/bin/sh
        case " $* " in
          *garbage*) echo 'Error occurred during initialization of VM'; echo 'garbage'; exit 1 ;;
          *' -version '*) echo 'openjdk version "17.0.1"' ;;
          *AOTCacheOutput*) echo classes >archive ;;
          *SharedArchiveFile=/*) echo quick ;;
          *) echo slow ;;
        esac
        """);
    return folder;
  }

  private void java(Path folder, String script) throws IOException {
    Path java = folder.resolve("runtime/bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(java, script);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
  }

  private record Ended(int code, String out) {}

  private Ended start(Path folder, Map<String, String> variables) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder("/bin/sh", folder.resolve("bin/smartlead-bulk").toString(), "runs")
              .directory(home.toFile())
              .redirectErrorStream(true);
      builder.environment().keySet().removeIf(name -> name.contains("JAVA"));
      builder.environment().put("HOME", home.toString());
      builder.environment().putAll(variables);
      Process process = builder.start();
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Ended(process.waitFor(), out.strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String started() {
    Ended ended = start(installation, Map.of());
    assertThat(ended.code()).as(ended.out()).isZero();
    return ended.out();
  }

  private Path archive() throws IOException {
    try (Stream<Path> files = Files.list(installation.resolve("lib"))) {
      return files.filter(file -> file.toString().endsWith(".archive")).findAny().orElseThrow();
    }
  }

  @Test
  void theArchiveIsMadeOnce() throws IOException {
    assertThat(started()).contains(PREPARING).endsWith("quick");
    assertThat(started()).isEqualTo("quick");

    FileTime lastYear = FileTime.from(Instant.now().minus(365, ChronoUnit.DAYS));
    Files.setLastModifiedTime(installation.resolve("smartlead-bulk.jar"), lastYear);
    Files.createLink(home.resolve("java"), installation.resolve("runtime/bin/java"));
    assertThat(started()).isEqualTo("quick");
  }

  @Test
  void anotherBuildOfTheSameSizeHasItsOwn() throws IOException {
    started();
    Files.writeString(installation.resolve("smartlead-bulk.jar"), "the progrum");

    assertThat(started()).contains(PREPARING).endsWith("quick");
  }

  @Test
  void anArchiveThatIsNotWholeIsMadeAgain() throws IOException {
    started();
    Files.writeString(archive(), "clas");

    assertThat(started()).contains(PREPARING).endsWith("quick");
    assertThat(archive()).hasContent("classes");
    assertThat(started()).isEqualTo("quick");
  }

  @Test
  void anAttemptThatFailedIsNotRepeated() throws IOException {
    java(
        installation,
        """
        #!/bin/sh
        case " $* " in
          *' -version '*) echo 'openjdk version "17.0.1"' ;;
          *' runs '*) echo slow ;;
          *) exit 1 ;;
        esac
        """);

    assertThat(started()).contains(PREPARING).endsWith("slow");
    assertThat(started()).isEqualTo("slow");
  }

  @Test
  void anAttemptThatWasInterruptedIsRepeated() throws IOException {
    started();
    Path archive = archive();
    Files.delete(archive);
    Path attempt = Files.createDirectory(archive.resolveSibling(archive.getFileName() + ".d"));
    Files.writeString(attempt.resolve("archive"), "cl");
    assertThat(started()).as("somebody else makes it now").isEqualTo("slow");

    Files.setLastModifiedTime(attempt, FileTime.from(Instant.now().minusSeconds(700)));
    assertThat(started()).contains(PREPARING).endsWith("quick");
    assertThat(attempt).doesNotExist();
  }

  @Test
  void withoutToolsItStartsLater() {
    started();

    assertThat(start(installation, Map.of("PATH", ""))).isEqualTo(new Ended(0, "slow"));
  }

  @Test
  void aJvmThatDoesNotStartLooksLikeNoRun() {
    assertThat(start(installation, Map.of("JAVA_OPTS", "-garbage")))
        .isEqualTo(
            new Ended(
                2, "smartlead-bulk: Java does not start with JAVA_OPTS=\"-garbage\": garbage"));
    assertThat(start(installation, Map.of("JAVA_OPTS", "-Xmx64m")).out()).endsWith("quick");
  }

  @Test
  void aColonIsTheReason() throws IOException {
    Ended ended = start(installInto("a:b"), Map.of());

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.out()).contains("Java takes a path with a colon for two paths");
  }
}
