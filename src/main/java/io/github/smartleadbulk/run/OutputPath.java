package io.github.smartleadbulk.run;

import io.github.smartleadbulk.result.PlanFile;
import io.github.smartleadbulk.result.ResultsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The path of an output file, as the user gives it. Refuses paths where the file would destroy
 * something.
 */
public final class OutputPath {

  private OutputPath() {}

  /**
   * Checks the path before anything is read or sent.
   *
   * @param named the option and the path, as the user gave them
   * @param stateFolder need not exist
   * @param precious files that the output must not replace; they need not exist
   * @throws RunRefusedException if the file cannot or must not be written there
   */
  public static void check(String named, Path file, Path stateFolder, Collection<Path> precious)
      throws IOException {
    Path folder = file.toAbsolutePath().normalize().getParent();
    if (Files.isDirectory(file)) {
      throw refused(named, "is a folder, expected a file");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw refused(named, "is a device or a pipe, expected a file");
    }
    if (folder == null || !Files.isDirectory(folder)) {
      throw refused(named, "its folder does not exist");
    }
    if (isIn(stateFolder, folder) || (Files.exists(file) && isIn(stateFolder, file))) {
      throw refused(named, "is in the state folder, which belongs to the program");
    }
    for (Path other : precious) {
      if (isSame(other, file)) {
        throw refused(named, "is in use as " + other + "; choose another file");
      }
    }
  }

  /**
   * Checks the path of a run's results or a plan's changes. Results replace only results, and a
   * plan replaces only a plan.
   *
   * @param input null for standard input
   */
  static void check(boolean plan, Path results, @Nullable Path input, Path stateFolder)
      throws IOException {
    String named = (plan ? "--out " : "--results ") + results;
    check(named, results, stateFolder, input == null ? List.of() : List.of(input));
    if (!Files.isWritable(Files.exists(results) ? results : results.toAbsolutePath().getParent())) {
      throw refused(named, "cannot be written");
    }
    if (!(plan ? PlanFile.mayReplace(results) : ResultsFile.mayReplace(results))) {
      throw refused(
          named,
          "contains something other than %s; delete it, or choose another file"
              .formatted(plan ? "a plan" : "results"));
    }
  }

  private static boolean isSame(Path one, Path other) throws IOException {
    return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize())
        || (Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other));
  }

  private static boolean isIn(Path stateFolder, Path path) throws IOException {
    return Files.exists(stateFolder) && path.toRealPath().startsWith(stateFolder.toRealPath());
  }

  private static RunRefusedException refused(String named, String why) {
    return new RunRefusedException(named + ": " + why);
  }
}
