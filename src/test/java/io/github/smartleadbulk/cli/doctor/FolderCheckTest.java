package io.github.smartleadbulk.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.doctor.Finding.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
                "state folder", file + " is a file", "Choose another folder with --state-dir."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere", "link"})
  @DisabledOnOs(OS.WINDOWS)
  void aLinkThatLeadsNowhereIsNoFolder(String target) throws IOException {
    Path link = Files.createSymbolicLink(temp.resolve("link"), Path.of(target));

    for (Path folder : List.of(link, link.resolve("below"))) {
      assertThat(FolderCheck.of(folder))
          .containsExactly(
              Finding.fault(
                  "state folder",
                  link
                      + " is a link to something that does not exist or may not be reached"
                      + " (is its disk mounted?)",
                  "Choose another folder with --state-dir."));
    }
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
