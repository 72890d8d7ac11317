package io.github.smartleadbulk.job;

import io.github.smartleadbulk.input.InputFile;
import io.github.smartleadbulk.state.RunRecord;

/**
 * A run that may start.
 *
 * @param input the copy in the run's folder
 * @param resumed whether an earlier process has worked on it
 */
public record PreparedRun(RunRecord run, RunFiles files, InputFile input, boolean resumed) {

  public int id() {
    return run.id();
  }
}
