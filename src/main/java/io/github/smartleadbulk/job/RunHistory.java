package io.github.smartleadbulk.job;

import io.github.smartleadbulk.state.StateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Keeps the history from growing for ever. */
public final class RunHistory {

  private final StateStore store;

  public RunHistory(StateStore store) {
    this.store = store;
  }

  /**
   * Deletes runs that ended before an instant: their folders, their rows, and with the closing of
   * the store the room that they took. Unfinished runs stay.
   *
   * @return their numbers
   */
  public List<Integer> deleteEndedBefore(Instant instant) throws IOException {
    List<Integer> old = store.runs().endedBefore(instant);
    for (int run : old) {
      // The folder first: what is half deleted is still on record, and deleted the next time.
      deleteFolder(store.runFolder(run));
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
