package io.github.smartleadbulk.run;

import io.github.smartleadbulk.result.PlanFile;
import io.github.smartleadbulk.result.ResultsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Checks that the results do not destroy anything where the user wants them. */
final class ResultsPath {

  private ResultsPath() {}

  /**
   * Checks a path before anything is sent.
   *
   * @param plan whether they are those of a plan
   * @param input null for standard input
   * @throws RunRefusedException if results cannot or must not be written there
   */
  static void check(boolean plan, Path results, @Nullable Path input, Path stateFolder)
      throws IOException {
    Path folder = results.toAbsolutePath().normalize().getParent();
    String why = null;
    if (Files.isDirectory(results)) {
      why = "is a folder, expected a file";
    } else if (folder == null || !Files.isDirectory(folder)) {
      why = "its folder does not exist";
    } else if (!Files.isWritable(Files.exists(results) ? results : folder)) {
      why = "cannot be written";
    } else if (folder.toRealPath().startsWith(stateFolder.toRealPath())) {
      why = "is in the state folder, which belongs to the program";
    } else if (input != null && Files.exists(results) && Files.isSameFile(results, input)) {
      why = "is the input";
    } else if (!(plan ? PlanFile.mayReplace(results) : ResultsFile.mayReplace(results))) {
      why =
          "holds something other than "
              + (plan ? "a plan" : "results")
              + "; delete it, or name another file";
    }
    if (why != null) {
      throw new RunRefusedException((plan ? "--out " : "--results ") + results + ": " + why);
    }
  }
}
