package io.github.smartleadbulk.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.doctor.Finding.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FolderCheckTest {

  @TempDir Path temp;

  @Test
  void aFolderThatCanBeMadeIsFineAndIsNotMade() {
    Path folder = temp.resolve("some/where");

    assertThat(FolderCheck.of(folder))
        .contains(Finding.ok("state folder", folder + " does not exist yet, and can be created"));
    assertThat(temp).isEmptyDirectory();
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Path file = Files.createFile(temp.resolve("file"));

    assertThat(FolderCheck.of(file.resolve("below")))
        .containsExactly(
            Finding.fault(
                "state folder", file + " is not a folder", "Choose a folder with --state-dir."));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aFolderThatOthersCanReadIsAWarning() throws IOException {
    Path folder =
        Files.createDirectory(
            temp.resolve("var"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));

    assertThat(FolderCheck.of(folder))
        .contains(
            Finding.warning(
                "state folder",
                "other users of this machine can read " + folder,
                "To keep it private: chmod 700 " + folder));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    assertThat(FolderCheck.of(folder)).noneMatch(finding -> finding.level() == Level.WARNING);
  }
}
