package io.github.smartleadbulk.cli.option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/** Where a user wants something written: anywhere but where it would destroy something. */
public final class OutputFile {

  private OutputFile() {}

  /**
   * Checks a path before anything is read or sent.
   *
   * @param named as the user named it, with the option
   * @param precious files that it must not replace; those that do not exist are no matter
   * @throws UsageException if it must not be written
   */
  public static void check(String named, Path file, Path stateFolder, Collection<Path> precious)
      throws IOException {
    Path folder = file.toAbsolutePath().normalize().getParent();
    String why = null;
    if (Files.isDirectory(file)) {
      why = "is a folder, expected a file";
    } else if (folder == null || !Files.isDirectory(folder)) {
      why = "its folder does not exist";
    } else if (isIn(stateFolder, folder) || (Files.exists(file) && isIn(stateFolder, file))) {
      why = "lies in the state folder, which is the program's own";
    } else {
      for (Path other : precious) {
        if (Files.exists(other) && Files.exists(file) && Files.isSameFile(other, file)) {
          why = "is in use as " + other + "; name another file";
        }
      }
    }
    if (why != null) {
      throw new UsageException(named + " " + why);
    }
  }

  private static boolean isIn(Path stateFolder, Path path) throws IOException {
    return Files.exists(stateFolder) && path.toRealPath().startsWith(stateFolder.toRealPath());
  }
}
