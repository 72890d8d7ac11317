package io.github.smartleadbulk.state;

import io.github.smartleadbulk.file.PrivateFiles;
import io.github.smartleadbulk.journal.JournalReader;
import io.github.smartleadbulk.journal.JournalWriter;
import io.github.smartleadbulk.journal.RecordSource;
import io.github.smartleadbulk.store.StateException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The journals of a state folder. Each run folder has a journal of what the run did and, until the
 * database has it, the account list that the run read. One more journal has the calls of commands
 * that are not runs. Thread-safe.
 */
final class FolderJournals implements RunJournals {

  private static final String RUN = "journal";
  private static final String LIST = "accounts.journal";
  private static final String CALLS = "calls.journal";
  private static final String DELETED = ".deleted";

  private interface Opening {
    JournalWriter open(Path path) throws IOException;
  }

  private final Path folder;
  private final Map<Path, JournalWriter> writers = new HashMap<>();

  FolderJournals(Path folder) {
    this.folder = folder;
  }

  private Path runs() {
    return folder.resolve("runs");
  }

  Path runFolder(int run) {
    return runs().resolve(Integer.toString(run));
  }

  Path journal(int run) {
    return runFolder(run).resolve(RUN);
  }

  Path accountList(int run) {
    return runFolder(run).resolve(LIST);
  }

  /** The numbers of all run folders. */
  NavigableSet<Integer> numbers() throws IOException {
    NavigableSet<Integer> numbers = new TreeSet<>();
    if (!Files.isDirectory(runs())) {
      return numbers;
    }
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(runs())) {
      for (Path run : folders) {
        String name = run.getFileName().toString();
        if (name.matches("[1-9]\\d{0,8}")) {
          numbers.add(Integer.parseInt(name));
        }
      }
    }
    return numbers;
  }

  /** The highest number that any run is known to have had; 0 if there was no run. */
  int highestNumber() throws IOException {
    NavigableSet<Integer> numbers = numbers();
    int noted = Files.exists(lastRun()) ? parse(Files.readString(lastRun()).strip()) : 0;
    return Math.max(noted, numbers.isEmpty() ? 0 : numbers.last());
  }

  private static int parse(String number) {
    return number.matches("\\d{1,9}") ? Integer.parseInt(number) : 0;
  }

  private Path lastRun() {
    return folder.resolve("last-run");
  }

  /**
   * Deletes the folders of runs that the database no longer has. No new run gets their numbers,
   * even if the database is lost.
   */
  void deleteFolders(Collection<Integer> runs) throws IOException {
    PrivateFiles.replace(lastRun(), highestNumber() + "\n");
    for (int run : runs) {
      if (Files.exists(runFolder(run))) {
        // A rename is atomic. Nobody could tell what half a folder is.
        PrivateFiles.move(runFolder(run), runs().resolve(run + DELETED));
      }
    }
    deleteLeftOvers();
  }

  /** Deletes the remains of folders whose deletion was interrupted. */
  void deleteLeftOvers() throws IOException {
    if (!Files.isDirectory(runs())) {
      return;
    }
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(runs(), "*" + DELETED)) {
      for (Path folder : folders) {
        PrivateFiles.deleteTree(folder);
      }
    }
  }

  @Override
  public RunJournal create(int run, RunEvent.Begun begun) {
    try {
      if (Files.exists(journal(run))) {
        throw new IllegalStateException("run " + run + " already exists");
      }
      PrivateFiles.createFolder(runFolder(run));
      JournalWriter writer = writer(journal(run), path -> create(path, begun));
      return new RunJournal(run, writer);
    } catch (IOException e) {
      throw StateException.ofDisk("the journal of run " + run + " cannot be written", e);
    }
  }

  private static JournalWriter create(Path path, RunEvent first) throws IOException {
    return JournalWriter.create(path, RunEventFormat.write(first));
  }

  @Override
  public RunJournal open(int run) {
    try {
      return new RunJournal(run, writer(journal(run), JournalWriter::append));
    } catch (IOException e) {
      throw StateException.ofDisk("the journal of run " + run + " cannot be written", e);
    }
  }

  @Override
  public void addToList(int run, RunEvent event) {
    RunJournal.await(add(accountList(run), event));
  }

  @Override
  public CompletableFuture<Void> addCall(RunEvent.CallIntended call) {
    return add(folder.resolve(CALLS), call);
  }

  private synchronized CompletableFuture<Void> add(Path path, RunEvent event) {
    try {
      if (writers.containsKey(path) || Files.exists(path)) {
        return writer(path, JournalWriter::append).append(RunEventFormat.write(event));
      }
      var unused = writer(path, missing -> create(missing, event));
      return CompletableFuture.completedFuture(null);
    } catch (IOException e) {
      throw StateException.ofDisk(path + " cannot be written", e);
    }
  }

  private synchronized JournalWriter writer(Path path, Opening opening) throws IOException {
    JournalWriter writer = writers.get(path);
    if (writer == null) {
      writer = opening.open(path);
      writers.put(path, writer);
    }
    return writer;
  }

  @Override
  public synchronized Optional<Long> length(int run) throws IOException {
    JournalWriter writer = writers.get(journal(run));
    if (writer != null) {
      return Optional.of(writer.length());
    }
    return Files.exists(journal(run)) ? Optional.of(Files.size(journal(run))) : Optional.empty();
  }

  @Override
  public RecordSource read(int run, long from) throws IOException {
    return JournalReader.open(journal(run), from);
  }

  /**
   * Passes on the events of an account list, as far as they can be read. The run reads the rest
   * from the server.
   */
  void forEachOfList(int run, Consumer<RunEvent> action) throws IOException {
    forEach(accountList(run), action);
  }

  void forEachCall(Consumer<RunEvent> action) throws IOException {
    forEach(folder.resolve(CALLS), action);
  }

  private static void forEach(Path path, Consumer<RunEvent> action) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (JournalReader reader = JournalReader.open(path, 0)) {
      reader.forEach(record -> action.accept(RunEventFormat.read(record)));
    }
  }

  /** Deletes the journals of account lists and calls, which the database has now. */
  void deleteWhatIsPublished() throws IOException {
    close(path -> !path.endsWith(RUN));
    for (int run : numbers()) {
      Files.deleteIfExists(accountList(run));
    }
    Files.deleteIfExists(folder.resolve(CALLS));
  }

  private synchronized void close(Predicate<Path> which) throws IOException {
    for (Path path : List.copyOf(writers.keySet())) {
      if (which.test(path)) {
        Objects.requireNonNull(writers.remove(path)).close();
      }
    }
  }

  /** The runs whose journals this process has opened. */
  synchronized List<Integer> opened() throws IOException {
    return numbers().stream().filter(run -> writers.containsKey(journal(run))).toList();
  }

  @Override
  public void close() throws IOException {
    close(path -> true);
  }
}
