package io.github.smartleadbulk.store;

import io.github.smartleadbulk.file.PrivateFiles;
import io.github.smartleadbulk.store.StateException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The right to work in a state folder: an operating system lock on a separate file. The lock ends
 * with its process.
 */
public final class FolderLock implements AutoCloseable {

  private static final String NAME = "lock";

  /** How long another process may hold the lock only to check whether the folder is in use. */
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);

  /** Shorter, because a user who waits anyway is not harmed by an unneeded message. */
  private static final Duration LONGEST_LOOK_OF_WAITING = Duration.ofSeconds(1);

  private static final Duration PAUSE = Duration.ofMillis(50);

  /**
   * The folders that this process holds. When a process closes any channel to a file, the system
   * releases all locks of the process on that file. This process must therefore never open a lock
   * file twice.
   */
  private static final Set<Path> HELD = new HashSet<>();

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Takes the lock and notes which process has it.
   *
   * @throws StateException if another process has the lock and {@code wait} gives up
   */
  public static FolderLock take(Path folder, FolderWait wait) throws IOException {
    Optional<FolderLock> lock = tryTake(folder);
    long start = System.nanoTime();
    while (lock.isEmpty()) {
      Optional<LockOwner> owner = LockOwner.findAlive(folder);
      Duration waited = Duration.ofNanos(System.nanoTime() - start);
      if (owner.isPresent() || waited.compareTo(longestLook(wait)) > 0) {
        pause(folder, owner, wait);
      } else {
        sleep(folder);
      }
      lock = tryTake(folder);
    }
    try {
      LockOwner.ofThisProcess().note(folder);
      return lock.get();
    } catch (IOException e) {
      lock.get().close();
      throw e;
    }
  }

  /** Whether a process has the lock now. Needs no write access. */
  public static boolean isTaken(Path folder) throws IOException {
    synchronized (HELD) {
      Path real = folder.toRealPath();
      if (HELD.contains(real)) {
        return true;
      }
      try (FileChannel channel = FileChannel.open(real.resolve(NAME), StandardOpenOption.READ);
          FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
        return lock == null;
      } catch (NoSuchFileException e) {
        return false;
      }
    }
  }

  private static Optional<FolderLock> tryTake(Path folder) throws IOException {
    synchronized (HELD) {
      Path real = folder.toRealPath();
      if (HELD.contains(real)) {
        return Optional.empty();
      }
      FileChannel channel = PrivateFiles.open(real.resolve(NAME));
      try {
        FileLock lock = channel.tryLock();
        if (lock == null) {
          channel.close();
          return Optional.empty();
        }
        HELD.add(real);
        return Optional.of(new FolderLock(real, channel));
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    }
  }

  private static Duration longestLook(FolderWait wait) {
    return wait == FolderWait.NONE ? LONGEST_LOOK : LONGEST_LOOK_OF_WAITING;
  }

  private static void pause(Path folder, Optional<LockOwner> owner, FolderWait wait) {
    String inUse =
        "state folder %s is in use by another run (%s)"
            .formatted(folder, owner.map(LockOwner::toString).orElse("process unknown"));
    try {
      if (!wait.pause(inUse)) {
        throw new StateException(Reason.IN_USE, inUse);
      }
    } catch (InterruptedException e) {
      throw interrupted(folder, e);
    }
  }

  private static void sleep(Path folder) {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      throw interrupted(folder, e);
    }
  }

  private static StateException interrupted(Path folder, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new StateException(
        Reason.IN_USE, "interrupted while waiting for state folder " + folder, e);
  }

  @Override
  public void close() throws IOException {
    synchronized (HELD) {
      HELD.remove(folder);
      channel.close();
    }
  }
}
