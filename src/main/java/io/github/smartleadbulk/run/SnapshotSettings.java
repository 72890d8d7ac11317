package io.github.smartleadbulk.run;

import java.time.Duration;

/**
 * How much of the account list a run reads before it sends anything.
 *
 * @param age how long a snapshot can be used
 */
public record SnapshotSettings(Mode mode, Duration age) {

  /** How far to read the list. */
  public enum Mode {
    /** Read until every account of the input was seen, but only as far as that saves calls. */
    AUTO,
    /** Read the list to its end. */
    FULL,
    /** Read nothing. */
    NONE
  }
}
