package io.github.smartleadbulk.run;

import io.github.smartleadbulk.guard.Guards;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How a run is carried out. The settings may differ between the processes of a run.
 *
 * @param strict whether one invalid row keeps all rows from being sent
 * @param resumesStale whether to go on although a later run has set the same fields
 * @param invocation for the commands that messages offer
 * @param help how other processes can send rows of the run; null if they shall not
 */
public record RunSettings(
    boolean strict,
    SnapshotSettings snapshot,
    Guards guards,
    boolean resumesStale,
    Invocation invocation,
    @Nullable Help help) {

  /** How other processes can help with a run. */
  public interface Help {

    /**
     * How many processes to work with at most, this one included; empty for as many as it takes.
     */
    OptionalInt processes();

    /**
     * Tells others of a part of the run that they can take. They need not.
     *
     * @param run of which it is a part
     * @param owner the session that offers it
     */
    void offer(int run, int owner, int part);

    /** Nobody can take a part any more. */
    void withdraw(int run, int owner, int part);

    /** Whether somebody is about to take a part. */
    boolean isAwaited(int run, int owner, int part);
  }
}
