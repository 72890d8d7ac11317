package io.github.smartleadbulk.store;

import io.github.smartleadbulk.file.PrivateFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The process that works in the state folder or was the last to do so. It is only a note for the
 * message that says who holds the lock; the lock itself is {@link FolderLock}.
 *
 * @param started distinguishes the process from a later one with the same number
 */
record LockOwner(long process, Instant started) {

  private static final String NAME = "holder";

  static LockOwner ofThisProcess() {
    return of(ProcessHandle.current());
  }

  private static LockOwner of(ProcessHandle process) {
    return new LockOwner(process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
  }

  /** The process noted in the folder, if it is still alive. */
  static Optional<LockOwner> findAlive(Path folder) {
    try {
      List<String> lines = Files.readAllLines(folder.resolve(NAME));
      LockOwner noted = new LockOwner(Long.parseLong(lines.get(0)), Instant.parse(lines.get(1)));
      return ProcessHandle.of(noted.process())
          .filter(ProcessHandle::isAlive)
          .map(LockOwner::of)
          .filter(noted::equals);
    } catch (IOException | RuntimeException e) {
      // The note is missing or torn, so the process is unknown.
      return Optional.empty();
    }
  }

  void note(Path folder) throws IOException {
    try (OutputStream out = Channels.newOutputStream(PrivateFiles.create(folder.resolve(NAME)))) {
      out.write((process + "\n" + started + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public String toString() {
    return "process " + process + ", started " + started;
  }
}
