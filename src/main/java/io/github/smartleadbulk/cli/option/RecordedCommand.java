package io.github.smartleadbulk.cli.option;

import java.util.Locale;

/** The commands that begin runs, as the history names them. */
public enum RecordedCommand {
  UPDATE,
  RAMP,
  RETRY,
  ROLLBACK,
  PLAN;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
