package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The program as the build made it before the tests, with the launcher's archive for quick starts.
 */
final class ProgramBuild {

  /** The folder of what the launcher needs. */
  static final Path LAUNCHER = Path.of("src", "main", "launcher", "lib");

  private static final Path JAR = Path.of("target", "smartlead-bulk.jar").toAbsolutePath();
  private static final Path CLASSES = Path.of("target", "classes");
  private static final Path ARCHIVE = makeArchive();

  private ProgramBuild() {}

  /** All files that a process reads to start the program. */
  static List<Path> files() {
    return List.of(JAR, JAR.resolveSibling("lib"), LAUNCHER.resolve("java.options"));
  }

  /** The command that starts the program, without its arguments. */
  static List<String> command(Path home) {
    List<String> command = new ArrayList<>(List.of(java(), "@" + LAUNCHER.resolve("java.options")));
    if (Files.isReadable(ARCHIVE)) {
      command.addAll(
          List.of(
              "-XX:+UnlockDiagnosticVMOptions",
              "-XX:ArchiveRelocationMode=0",
              "-Xlog:disable",
              "-XX:SharedArchiveFile=" + ARCHIVE));
    }
    command.addAll(List.of("-Dsmartlead.home=" + home, "-jar", JAR.toString()));
    return command;
  }

  /** Makes a folder look like one that {@code run.sh} has built into. */
  static void linkInto(Path folder) throws IOException {
    Files.createSymbolicLink(folder.resolve(JAR.getFileName()), JAR);
    Files.createSymbolicLink(folder.resolve("lib"), JAR.resolveSibling("lib"));
    Path archive = folder.resolve(ARCHIVE.getFileName());
    Path size = folder.resolve(ARCHIVE.getFileName() + ".size");
    if (Files.isReadable(ARCHIVE)) {
      Files.createSymbolicLink(archive, ARCHIVE);
      Files.createSymbolicLink(size, ARCHIVE.resolveSibling(size.getFileName()));
    } else {
      // An attempt that is on record is not made again: it would take seconds.
      Files.writeString(size, "0\n");
    }
  }

  /**
   * Lets the launcher make the archive. While another JVM does, there is none, and the program
   * starts without.
   */
  private static Path makeArchive() {
    try {
      assertThat(JAR).as("build it: ./mvnw -DskipTests package").exists();
      try (Stream<Path> classes = Files.walk(CLASSES)) {
        assertThat(classes.filter(Files::isRegularFile))
            .as("newer than %s; build it: ./mvnw -DskipTests package", JAR)
            .noneMatch(file -> isNewer(file, JAR));
      }
      ProcessBuilder shell =
          new ProcessBuilder(
                  "sh",
                  "-euc",
                  "self=tests needed='a JDK' installed= other_archives= files=$1 jar=$2 archives=$3;"
                      + " . \"$files/launch.sh\"; find_java; find_archive; echo \"$archive\"",
                  "sh",
                  LAUNCHER.toAbsolutePath().toString(),
                  JAR.toString(),
                  JAR.resolveSibling("archives").toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT);
      shell.environment().put("JAVA_HOME", System.getProperty("java.home"));
      Process made = shell.start();
      return Path.of(
          new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isNewer(Path file, Path other) {
    try {
      return Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(other)) > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
