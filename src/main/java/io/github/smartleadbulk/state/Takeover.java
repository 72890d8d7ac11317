package io.github.smartleadbulk.state;

import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.file.PrivateFiles;
import io.github.smartleadbulk.journal.JournalRecord;
import io.github.smartleadbulk.journal.JournalWriter;
import io.github.smartleadbulk.store.DatabaseFile;
import io.github.smartleadbulk.store.StateException;
import io.github.smartleadbulk.store.StateException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * Takes over the state folder of an older version, which kept everything in one H2 file, {@code
 * state.mv.db}, without journals. The old file stays unchanged until the new files are complete, so
 * an interrupted takeover can start again.
 */
record Takeover(Path folder, FolderJournals journals) {

  private static final String OLD = "state.mv.db";
  private static final int PAGE = 1_000;

  /** Whether there is an old database to take over. */
  boolean isNeeded() {
    return Files.exists(folder.resolve(OLD));
  }

  /**
   * Copies the old database to the file that this version works on.
   *
   * @throws StateException if a process of the old version is using the database
   */
  void copyTo(Path work) throws IOException {
    Path old = folder.resolve(OLD);
    try (FileChannel channel =
            FileChannel.open(old, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        throw new StateException(
            Reason.IN_USE,
            "state folder %s is in use by an older version of the program".formatted(folder));
      }
      Path copy = DatabaseFile.file(work);
      PrivateFiles.create(copy).close();
      Files.copy(old, copy, StandardCopyOption.REPLACE_EXISTING);
      PrivateFiles.restrict(copy);
      if (!isReadable(copy)) {
        throw new StateException(
            Reason.UNUSABLE,
            "the database %s is damaged: nothing in it can be read. Put a backup of it in its place, or use another --state-dir"
                .formatted(old));
      }
    }
  }

  /**
   * Whether the file has tables. H2 treats a file without any readable part as new, so this asks
   * the key-value store below the database.
   */
  private static boolean isReadable(Path database) {
    if (database.toFile().length() == 0) {
      return false;
    }
    try (MVStore store = new MVStore.Builder().fileName(database.toString()).readOnly().open()) {
      return store.getMapNames().stream()
          .anyMatch(map -> map.startsWith("table.") && !map.equals("table.0"));
    } catch (MVStoreException e) {
      // H2 reports the problem when it opens the file as a database.
      return true;
    }
  }

  /** Writes a journal for every run in the database. */
  void writeJournals(DataSource dataSource, Runs runs, JournalIndex index, JournalRecovery recovery)
      throws IOException {
    Outcomes outcomes = new Outcomes(dataSource, index);
    for (RunRecord run : runs.all()) {
      Path journal = journals.journal(run.id());
      Path part = journal.resolveSibling("journal.takeover");
      PrivateFiles.createFolder(journals.runFolder(run.id()));
      Files.deleteIfExists(journal);
      write(run, outcomes, part);
      PrivateFiles.move(part, journal);
      recovery.isUpToDate(run.id());
    }
  }

  private static void write(RunRecord run, Outcomes outcomes, Path path) throws IOException {
    RunEvent begun = new RunEvent.Begun(run.spec(), run.resultsPath(), run.startedAt());
    try (JournalWriter writer = JournalWriter.create(path, RunEventFormat.write(begun))) {
      if (run.rows() != null) {
        append(writer, new RunEvent.RowsCounted(run.rows(), List.of()));
      }
      long row = 0;
      long changesUpTo = 0;
      Map<Long, Changes> changesByRow = new HashMap<>();
      List<RowOutcome> page;
      do {
        page = outcomes.page(run.id(), row, PAGE);
        CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
        for (RowOutcome outcome : page) {
          row = outcome.row();
          if (row > changesUpTo) {
            // Write these before reading more, because all of them are in memory.
            last.join();
            changesByRow.clear();
            changesUpTo = Long.MAX_VALUE;
            for (Outcomes.ChangedRow changed : outcomes.changes(run.id(), row - 1)) {
              changesByRow.put(changed.row(), changed.changes());
              changesUpTo = changed.row();
            }
          }
          last =
              writer.append(
                  RunEventFormat.write(
                      new RunEvent.RowEnded(outcome, changesByRow.get(outcome.row()))));
        }
        last.join();
      } while (page.size() == PAGE);
      if (run.status() != RunStatus.RUNNING) {
        append(
            writer,
            new RunEvent.Ended(
                new RunEnding(run.status(), run.exitCode(), null, Map.of()),
                run.endedAt() == null ? run.startedAt() : run.endedAt(),
                run.calls(),
                run.rateLimited()));
      }
    }
  }

  private static void append(JournalWriter writer, RunEvent event) {
    JournalRecord record = RunEventFormat.write(event);
    writer.append(record).join();
  }

  /**
   * Renames the old database, which is no longer needed, and keeps it.
   *
   * @return a notice for the user
   */
  String keepOld() throws IOException {
    Path old = folder.resolve(OLD);
    Path aside = DatabaseFile.free(old.resolveSibling(OLD + ".old"));
    PrivateFiles.move(old, aside);
    return "The state folder was upgraded to this version. Its old database is kept as %s; you can delete it."
        .formatted(aside);
  }
}
