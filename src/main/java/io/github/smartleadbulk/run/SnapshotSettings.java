package io.github.smartleadbulk.run;

import java.time.Duration;

/**
 * How much of the account list a run reads before it sends anything.
 *
 * @param age of what was read so that it still holds
 */
public record SnapshotSettings(Mode mode, Duration age) {

  /** How far the list is read. */
  public enum Mode {
    /** Until every account of the input was seen, and no further than that is worth its calls. */
    AUTO,
    /** To its end. */
    FULL,
    /** Not at all. */
    NONE
  }
}
