package io.github.smartleadbulk.state;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** The status of a run. */
public enum RunStatus {
  /** In progress, or killed. If you hold the lock of the state folder, a running run was killed. */
  RUNNING,
  /** Ended before its last row. It can be resumed. */
  STOPPED,
  /** Every row has an outcome. */
  FINISHED,
  /** The input was refused as a whole, and nothing was sent. */
  REFUSED,
  /** The user gave up this run and started a new one with the same input. */
  ABANDONED,
  /** Unfinished, and its journal is damaged, so nobody knows for certain what the run did. */
  DAMAGED;

  public boolean isResumable() {
    return this == RUNNING || this == STOPPED;
  }

  static List<String> names(Predicate<RunStatus> which) {
    return Arrays.stream(values()).filter(which).map(RunStatus::name).toList();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
