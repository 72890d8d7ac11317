package io.github.smartleadbulk.store;

import io.github.smartleadbulk.file.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The database file of a state folder. Nothing changes it in place: H2 works on a copy, and a copy
 * that was closed in order replaces the file as a whole. A kill, a power cut or a full disk can
 * therefore damage only the copy.
 *
 * <p>{@code state-N.mv.db} is the file. {@code state.current} holds its name, length and checksum.
 */
public record DatabaseFile(Path folder) {

  private static final String CURRENT = "state.current";
  private static final String WORK = "state-at-work";
  private static final String H2_ENDING = ".mv.db";
  private static final Pattern NAME = Pattern.compile("state-(\\d+)\\.mv\\.db");
  private static final Pattern CURRENT_LINE =
      Pattern.compile("state-(\\d+)\\.mv\\.db (\\d+) bytes crc32c ([0-9a-f]{8})\n");
  private static final int BUFFER = 1 << 18;

  /**
   * The name of the valid file, with what identifies its content.
   *
   * @param checksum CRC-32C of its bytes
   */
  private record Current(long number, long length, int checksum) {

    static @Nullable Current read(Path folder) throws IOException {
      try {
        // This charset accepts any byte: a damaged file may hold anything.
        Matcher line =
            CURRENT_LINE.matcher(
                new String(
                    Files.readAllBytes(folder.resolve(CURRENT)),
                    java.nio.charset.StandardCharsets.ISO_8859_1));
        return line.matches()
            ? new Current(
                Long.parseLong(line.group(1)),
                Long.parseLong(line.group(2)),
                Integer.parseUnsignedInt(line.group(3), 16))
            : null;
      } catch (NoSuchFileException | NumberFormatException e) {
        return null;
      }
    }

    @Override
    public String toString() {
      return "%s %d bytes crc32c %08x%n"
          .formatted(name(number), length, checksum)
          .replace("\r", "");
    }
  }

  private static String name(long number) {
    return "state-" + number + H2_ENDING;
  }

  /** Whether there is a file, intact or not. */
  public boolean exists() throws IOException {
    return Files.exists(folder.resolve(CURRENT)) || newest() > 0;
  }

  /** The path of the copy that H2 works on, without H2's ending. */
  public Path work() {
    return folder.resolve(WORK);
  }

  public static Path file(Path withoutEnding) {
    return withoutEnding.resolveSibling(withoutEnding.getFileName() + H2_ENDING);
  }

  /**
   * Makes the copy that H2 works on. If there is no file yet, the copy is empty.
   *
   * @return false if the file is missing or damaged; the copy is then empty
   */
  public boolean copyToWork() throws IOException {
    deleteLeftOvers();
    Current current = Current.read(folder);
    boolean good = current != null && copy(current, file(work()));
    if (!good) {
      PrivateFiles.create(file(work())).close();
    }
    return good || !exists();
  }

  /**
   * Copies the file for a reader, while another process may replace it.
   *
   * @param target the path without H2's ending
   * @return false if the file is missing or damaged
   */
  public boolean copyTo(Path target) throws IOException {
    // Another process may have replaced the file meanwhile. Then try the new one.
    for (int tries = 0; tries < 5; tries++) {
      Current current = Current.read(folder);
      if (current != null && copy(current, file(target))) {
        return true;
      }
    }
    PrivateFiles.create(file(target)).close();
    return !exists();
  }

  private boolean copy(Current current, Path target) throws IOException {
    try (FileChannel from =
            FileChannel.open(folder.resolve(name(current.number())), StandardOpenOption.READ);
        FileChannel to = PrivateFiles.create(target)) {
      return from.size() == current.length() && copy(from, to) == current.checksum();
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static int copy(FileChannel from, @Nullable FileChannel to) throws IOException {
    CRC32C checksum = new CRC32C();
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    while (from.read(buffer) >= 0) {
      checksum.update(buffer.flip().duplicate());
      while (to != null && buffer.hasRemaining()) {
        to.write(buffer);
      }
      buffer.clear();
    }
    return (int) checksum.getValue();
  }

  /** Replaces the file with the copy, which H2 has closed. */
  public void publish() throws IOException {
    Path closed = file(work());
    Current next;
    try (FileChannel channel =
        FileChannel.open(closed, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      channel.force(true);
      next = new Current(newest() + 1, channel.size(), copy(channel, null));
    }
    PrivateFiles.restrict(closed);
    PrivateFiles.move(closed, folder.resolve(name(next.number())));
    PrivateFiles.replace(folder.resolve(CURRENT), next.toString());
    deleteAllBut(next.number());
  }

  /**
   * Moves unusable files aside and keeps them for examination.
   *
   * @return the newest of them; empty if there was none
   */
  public Optional<Path> setAside() throws IOException {
    Path aside = null;
    for (long number = newest(); number > 0; number = newest()) {
      Path damaged = folder.resolve(name(number));
      Path target = free(damaged.resolveSibling(damaged.getFileName() + ".damaged"));
      PrivateFiles.move(damaged, target);
      aside = aside == null ? target : aside;
    }
    Files.deleteIfExists(folder.resolve(CURRENT));
    return Optional.ofNullable(aside);
  }

  /** A path that no file has yet. */
  public static Path free(Path wanted) {
    Path free = wanted;
    for (int i = 2; Files.exists(free); i++) {
      free = wanted.resolveSibling(wanted.getFileName() + "-" + i);
    }
    return free;
  }

  private long newest() throws IOException {
    long newest = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        newest = Math.max(newest, number(file));
      }
    }
    return newest;
  }

  /** The number in a file's name; 0 for other files. */
  private static long number(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    return name.matches() && name.group(1).length() < 19 ? Long.parseLong(name.group(1)) : 0;
  }

  private void deleteAllBut(long number) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (number(file) > 0 && number(file) != number) {
          Files.delete(file);
        }
      }
    }
  }

  /** Deletes the remains of a copy. A copy is useless after its process has ended. */
  public void deleteLeftOvers() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, WORK + ".*")) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }
}
