package io.github.smartleadbulk.job;

import io.github.smartleadbulk.state.StateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

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
  public List<Integer> deleteEndedBefore(Instant instant) throws IOException {
    List<Integer> old = new ArrayList<>(store.runs().endedBefore(instant));
    old.removeAll(
        store.runs().all().stream()
            .filter(run -> run.status().isResumable())
            .map(run -> RunOptions.parse(run.spec().options()).basis())
            .filter(Objects::nonNull)
            .map(Basis::run)
            .toList());
    for (int run : old) {
      // The folder first: what is half deleted is still on record, and deleted the next time.
      deleteFolder(store.runFolder(run));
      store.snapshots().delete(run);
      store.runs().delete(run);
    }
    if (!old.isEmpty()) {
      store.compactAtClose();
    }
    return old;
  }

  private static void deleteFolder(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
