package io.github.smartleadbulk.run;

import io.github.smartleadbulk.state.StateStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Keeps the history from growing for ever. */
public final class RunHistory {

  private final StateStore store;

  public RunHistory(StateStore store) {
    this.store = store;
  }

  /**
   * Deletes runs that ended before an instant: their folders, their rows, and with the closing of
   * the store the room that they took. Unfinished runs stay, and those that they are compared with.
   *
   * @return their numbers
   */
  public List<Integer> deleteEndedBefore(Instant instant) {
    List<Integer> old = new ArrayList<>(store.runs().endedBefore(instant));
    old.removeAll(
        store.runs().all().stream()
            .filter(run -> run.status().isResumable())
            .map(run -> RunOptions.parse(run.spec().options()).basis())
            .filter(Objects::nonNull)
            .map(ComparedRun::run)
            .toList());
    store.delete(old);
    return old;
  }
}
