package io.github.smartleadbulk.state;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Where a run stands. */
public enum RunStatus {
  /** At work, or killed at work. If you hold the state folder and find this, the run was killed. */
  RUNNING(true),
  /** Ended before its last row. It can be resumed. */
  STOPPED(true),
  /** Every row has an outcome. */
  FINISHED(false),
  /** The input was refused whole; nothing was sent. */
  REFUSED(false),
  /** Given up by the user for a new run of the same input. */
  ABANDONED(false),
  /** Unfinished, and its journal is damaged: what it has done is not known for sure. */
  DAMAGED(false);

  private final boolean resumable;

  RunStatus(boolean resumable) {
    this.resumable = resumable;
  }

  public boolean isResumable() {
    return resumable;
  }

  static List<String> names(Predicate<RunStatus> which) {
    return Arrays.stream(values()).filter(which).map(RunStatus::name).toList();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
