package io.github.smartleadbulk.job;

import io.github.smartleadbulk.input.InputFile;
import io.github.smartleadbulk.state.RunRecord;
import java.nio.file.Path;

/**
 * A run that may start.
 *
 * @param folder of the run
 * @param input the copy of the input in that folder
 * @param resumed whether an earlier process has worked on it
 */
public record PreparedRun(RunRecord run, Path folder, InputFile input, boolean resumed) {

  public int id() {
    return run.id();
  }

  Path failed() {
    return folder.resolve("failed.csv");
  }

  Path results() {
    String path = run.resultsPath();
    return path == null ? folder.resolve("results.csv") : Path.of(path);
  }
}
