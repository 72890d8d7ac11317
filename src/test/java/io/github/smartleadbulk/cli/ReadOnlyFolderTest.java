package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import io.github.smartleadbulk.crash.Faults.Fault;
import io.github.smartleadbulk.crash.TracedFiles;
import io.github.smartleadbulk.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A state folder that cannot be written can be looked at; who wants to work there is told why not.
 */
@Timeout(120)
class ReadOnlyFolderTest {

  @TempDir Path home;

  private boolean isRoot;

  @BeforeEach
  void aRunThatHasEnded() throws IOException {
    isRoot = "root".equals(System.getProperty("user.name"));
    TestProgram program = new TestProgram(home);
    program.file("rows.csv", "id,max_email_per_day", Sandbox.FIRST_ACCOUNT_ID + ",5");
    assertThat(program.run("update", "rows.csv", "--sandbox").exitCode()).isZero();
  }

  @AfterEach
  void everythingCanBeDeleted() throws IOException {
    setRights("rwx------", "rw-------");
  }

  private void setRights(String ofFolders, String ofFiles) throws IOException {
    try (Stream<Path> tree = Files.walk(home.resolve("var"))) {
      for (Path path : tree.toList()) {
        Files.setPosixFilePermissions(
            path, PosixFilePermissions.fromString(Files.isDirectory(path) ? ofFolders : ofFiles));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "update rows.csv --sandbox",
    "plan rows.csv --sandbox",
    "export --sandbox",
    "rollback 1",
    "retry 1",
    "resume",
    "prune --older-than 1d"
  })
  void aFileSystemThatIsReadOnlyIsSaidToBe(String command) throws IOException {
    TracedFiles files = new TracedFiles(home);
    files.faults().failFrom(1, Fault.READ_ONLY);

    Ended ended = new TestProgram(files.root()).run(command.split(" "));

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .isEqualToNormalizingNewlines(
            "error: state folder "
                + files.root().resolve("var")
                + " cannot be written (its file system is read-only), so nothing was started. Mount"
                + " it with write access, or choose another folder with --state-dir. 'runs' and"
                + " 'show' need no write access.\n");
  }

  @Test
  void aFolderThatCannotBeMadeOnAReadOnlyFileSystem() throws IOException {
    TracedFiles files = new TracedFiles(home);
    files.faults().failFrom(1, Fault.READ_ONLY);

    Ended ended =
        new TestProgram(files.root())
            .run(
                "update",
                "rows.csv",
                "--sandbox",
                "--state-dir",
                files.root().resolve("new").toString());

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err())
        .endsWith("Mount it with write access, or choose another folder with --state-dir.\n");
  }

  /** Root may write everywhere: there, the program becomes nobody. */
  @Test
  void aFolderWithoutTheRightToWriteIsSaidToBe() throws Exception {
    setRights("r-xr-xr-x", "r--r--r--");
    List<String> launcher = asSomebodyElse();

    for (List<String> looking :
        List.of(List.of("runs"), List.of("show", "1"), List.of("show", "1", "--json"))) {
      try (ProgramProcess look = ProgramProcess.start(home, "key", launcher, looking)) {
        assertThat(look.exitCode()).as(look.err()).isZero();
        assertThat(look.err()).isEmpty();
      }
    }
    try (ProgramProcess run = update(launcher)) {
      assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
      Path var = home.toRealPath().resolve("var");
      assertThat(run.err())
          .isEqualTo(
              ("error: state folder %s cannot be written (access denied to %s, which belongs to"
                      + " %s), so nothing was started. Get write access, or choose another folder"
                      + " with --state-dir. 'runs' and 'show' need no write access.\n")
                  .formatted(
                      home.resolve("var"), var.resolve("lock"), Files.getOwner(home).getName()));
    }
  }

  /** As after one run with sudo: only some of what a run needs belongs to somebody else. */
  @ParameterizedTest
  @CsvSource({
    "lock, r--r--r--, access denied to %2$s",
    "sandbox.store, r--r--r--, access denied",
    "runs, r-xr-xr-x, (access denied to %2$s/2; %2$s belongs to ",
    "runs/1, ---------, access denied"
  })
  void doctorTriesWhatARunNeeds(String name, String rights, String refusal) throws Exception {
    setRights("rwxrwxrwx", "rw-rw-rw-");
    Path denied = home.toRealPath().resolve("var").resolve(name);
    Files.setPosixFilePermissions(denied, PosixFilePermissions.fromString(rights));
    List<String> launcher = asSomebodyElse();

    try (ProgramProcess doctor =
        ProgramProcess.start(home, "key", launcher, List.of("doctor", "--offline"))) {
      assertThat(doctor.exitCode()).as(doctor.err()).isEqualTo(1);
      assertThat(doctor.out())
          .containsPattern(
              "(?m)^fault +state folder +access denied to "
                  + Pattern.quote(denied.toString())
                  + ", which belongs to ");
    }
    try (ProgramProcess run = update(launcher)) {
      assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
      assertThat(run.err()).contains(refusal.formatted(home, denied));
    }
  }

  /** The folder below a file cannot be made by anybody, so nobody is denied access. */
  @Test
  void aFileInThePlaceOfAFolderIsSaidToBe() throws IOException {
    TestProgram program = new TestProgram(home).installed();
    Path file = program.file("file", "no folder");
    program.with("XDG_STATE_HOME", file.toString());

    for (List<String> command : List.of(List.of("runs"), List.of("show", "1"), List.of("status"))) {
      Ended ended = program.run(command.toArray(String[]::new));

      assertThat(ended.exitCode()).isEqualTo(2);
      assertThat(ended.err())
          .isEqualToNormalizingNewlines(
              "error: the state folder %s cannot be read: %s is a file. Choose another folder with --state-dir.\n"
                  .formatted(file.resolve("smartlead-bulk"), file));
    }
  }

  /** Somebody else must not take the history for an empty one. */
  @Test
  void aFolderThatOnlyItsOwnerMayReadIsSaidToBe() throws Exception {
    assumeTrue(isRoot, "only root can become somebody else");
    List<String> launcher = asSomebodyElse();

    for (List<String> looking :
        List.of(
            List.of("runs"),
            List.of("show", "1"),
            List.of("status"),
            List.of("runs", "--state-dir", home.resolve("var/runs").toString()))) {
      try (ProgramProcess look = ProgramProcess.start(home, "key", launcher, looking)) {
        assertThat(look.exitCode()).as(look.err()).isEqualTo(2);
        assertThat(look.err())
            .startsWith("error: the state folder " + home.resolve("var"))
            .endsWith(" cannot be read: access denied. Only its owner can read it.\n");
      }
    }
  }

  private ProgramProcess update(List<String> launcher) throws IOException {
    return ProgramProcess.start(
        home, "key", launcher, List.of("update", home.resolve("rows.csv").toString(), "--sandbox"));
  }

  /** What starts the program without the rights of root, who may do everything. */
  private List<String> asSomebodyElse() throws Exception {
    List<String> launcher =
        isRoot ? List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups") : List.of();
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
    assumeTrue(canStart(launcher), "the build or Java cannot be read by nobody");
    return launcher;
  }

  private static boolean canStart(List<String> launcher) throws Exception {
    Process test =
        new ProcessBuilder(
                Stream.concat(
                        launcher.stream(),
                        Stream.concat(
                            Stream.of("ls", System.getProperty("java.home") + "/bin/java"),
                            ProgramBuild.files().stream().map(Path::toString)))
                    .toList())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return test.waitFor() == 0;
  }
}
