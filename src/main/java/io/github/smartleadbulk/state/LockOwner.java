package io.github.smartleadbulk.state;

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
 * Who works in the state folder, or did so last, for the message to whoever finds it locked. Only a
 * note: the lock itself is {@link FolderLock}.
 *
 * @param started tells the process from a later one that got the same number
 */
record LockOwner(long process, Instant started) {

  private static final String NAME = "holder";

  static LockOwner ofThisProcess() {
    return of(ProcessHandle.current());
  }

  private static LockOwner of(ProcessHandle process) {
    return new LockOwner(process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
  }

  /** The process that the folder names, if it still runs. */
  static Optional<LockOwner> findAlive(Path folder) {
    try {
      List<String> lines = Files.readAllLines(folder.resolve(NAME));
      LockOwner noted = new LockOwner(Long.parseLong(lines.get(0)), Instant.parse(lines.get(1)));
      return ProcessHandle.of(noted.process())
          .filter(ProcessHandle::isAlive)
          .map(LockOwner::of)
          .filter(noted::equals);
    } catch (IOException | RuntimeException e) {
      // Without a whole note, nobody can be named.
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
