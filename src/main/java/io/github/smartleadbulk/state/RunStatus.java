package io.github.smartleadbulk.state;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Where a run stands. */
public enum RunStatus {
  /** At work, or killed at work. If you hold the state folder and find this, the run was killed. */
  RUNNING,
  /** Ended before its last row. It can be resumed. */
  STOPPED,
  /** Every row has an outcome. */
  FINISHED,
  /** The input was refused whole; nothing was sent. */
  REFUSED,
  /** Given up by the user for a new run of the same input. */
  ABANDONED,
  /** Unfinished, and its journal is damaged: what it has done is not known for sure. */
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
