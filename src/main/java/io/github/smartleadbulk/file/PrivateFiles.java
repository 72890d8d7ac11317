package io.github.smartleadbulk.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Creates files and folders that only their owner can read, whatever the umask is, because they
 * hold customers' settings and addresses. A symbolic link in place of a file is replaced, never
 * followed, because an attacker may have put it there to overwrite another file.
 */
public final class PrivateFiles {

  private static final String FILE_RIGHTS = "rw-------";
  private static final String FOLDER_RIGHTS = "rwx------";

  private PrivateFiles() {}

  /**
   * Creates a folder and its missing parents, and forces their names to the disk. A folder that
   * exists keeps its rights.
   */
  public static void createFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path parent = folder.toAbsolutePath().getParent();
    if (parent == null || Files.exists(folder)) {
      throw new FileAlreadyExistsException(folder.toString());
    }
    createFolder(parent);
    try {
      Files.createDirectory(folder, rights(folder, FOLDER_RIGHTS));
    } catch (FileAlreadyExistsException e) {
      // Another process created it first.
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
    forceFolder(parent);
  }

  /**
   * What keeps a folder from being there or being created: a file or a broken link at its path, or
   * at one above it.
   *
   * @return a sentence without its full stop; empty if nothing does
   */
  public static Optional<String> inTheWayOf(Path folder) {
    Path there = nearest(folder);
    if (Files.isDirectory(there)) {
      return Optional.empty();
    }
    return Optional.of(
        there
            + (Files.isSymbolicLink(there) && !Files.exists(there)
                ? " is a link to something that does not exist or may not be reached (is its disk mounted?)"
                : " is a file"));
  }

  /** The path, or the nearest one above it that exists, as an absolute path. */
  public static Path nearest(Path path) {
    Path there = path.toAbsolutePath();
    while (!Files.exists(there, LinkOption.NOFOLLOW_LINKS) && there.getParent() != null) {
      there = there.getParent();
    }
    return there;
  }

  /** Creates an empty file and replaces any file at the path. */
  public static FileChannel create(Path path) throws IOException {
    Files.deleteIfExists(path);
    return FileChannel.open(
        path,
        Set.<OpenOption>of(
            StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
        rights(path, FILE_RIGHTS));
  }

  /** Opens a file to read and change it. Creates it if it is missing. */
  public static FileChannel open(Path path) throws IOException {
    return FileChannel.open(
        path,
        Set.<OpenOption>of(
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS),
        rights(path, FILE_RIGHTS));
  }

  /** Creates a file like {@link #create}. When the stream is closed, its bytes are on the disk. */
  public static OutputStream newOutputStream(Path path) throws IOException {
    return forcedAtClose(create(path));
  }

  /** A stream that writes to a channel. Closing the stream forces the bytes to the disk. */
  public static OutputStream forcedAtClose(FileChannel channel) {
    return new ForcedOutput(channel, Channels.newOutputStream(channel));
  }

  /** Replaces a file as a whole. After a crash, the file has the old content or the new one. */
  public static void replace(Path path, String content) throws IOException {
    Path part = path.resolveSibling(path.getFileName() + ".new");
    try (OutputStream out = newOutputStream(part)) {
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
    move(part, path);
  }

  /** Renames a file, replaces any file at the new path, and forces the name to the disk. */
  public static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    forceFolder(Objects.requireNonNull(to.toAbsolutePath().getParent()));
  }

  /** Forces the bytes of a file to the disk, whichever program wrote them. */
  public static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(false);
    }
  }

  /** Forces the names in a folder to the disk if the system allows it. */
  public static void forceFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (AccessDeniedException e) {
      // Windows cannot open folders. Its file systems journal names themselves.
      if (Files.isReadable(folder) && isPosix(folder)) {
        throw e;
      }
    }
  }

  /** Removes access to a file for everybody but its owner. */
  public static void restrict(Path path) throws IOException {
    if (isPosix(path)) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(FILE_RIGHTS));
    }
  }

  private static FileAttribute<?>[] rights(Path path, String rights) {
    return isPosix(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static final class ForcedOutput extends java.io.FilterOutputStream {

    private final FileChannel channel;

    ForcedOutput(FileChannel channel, OutputStream out) {
      super(out);
      this.channel = channel;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      try (channel) {
        if (channel.isOpen()) {
          channel.force(false);
        }
      }
    }
  }

  /** Deletes a folder with everything in it. */
  public static void deleteTree(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
