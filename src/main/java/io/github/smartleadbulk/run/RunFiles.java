package io.github.smartleadbulk.run;

import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.StateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The paths of a run's files.
 *
 * @param results the file with a line for each row, or for each change of a plan
 */
public record RunFiles(Path folder, Path results) {

  public static RunFiles of(StateStore store, RunRecord run) {
    Path folder = store.runFolder(run.id());
    String results = run.resultsPath();
    String name = run.spec().isPlan() ? "plan.csv" : "results.csv";
    return new RunFiles(
        folder, results == null ? folder.resolve(name) : followed(Path.of(results)));
  }

  /** If the user names a link, the results go to the file it points to. */
  private static Path followed(Path results) {
    try {
      return Files.exists(results) ? results.toRealPath() : results;
    } catch (IOException e) {
      // Opening the file will show why.
      return results;
    }
  }

  /** The copy of the input, which the run reads. */
  public Path input() {
    return input(folder);
  }

  static Path input(Path folder) {
    return folder.resolve("input.csv");
  }

  public Path failed() {
    return folder.resolve("failed.csv");
  }

  public Path before() {
    return folder.resolve("before.csv");
  }

  public Path summary() {
    return folder.resolve("summary.json");
  }
}
