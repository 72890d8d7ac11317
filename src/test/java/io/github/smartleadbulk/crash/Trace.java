package io.github.smartleadbulk.crash;

import io.github.smartleadbulk.crash.Operation.Deleted;
import io.github.smartleadbulk.crash.Operation.FileCreated;
import io.github.smartleadbulk.crash.Operation.FolderMade;
import io.github.smartleadbulk.crash.Operation.Forced;
import io.github.smartleadbulk.crash.Operation.Renamed;
import io.github.smartleadbulk.crash.Operation.Truncated;
import io.github.smartleadbulk.crash.Operation.Written;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Every change below a folder, in the order in which it happened. Whoever changes the folder holds
 * the lock of its trace until the change is logged.
 *
 * <p>Some writers don't: H2 opens its files itself. The trace compares a file's size and time when
 * the file is opened for writing, forced or renamed, and logs what others wrote as one write of the
 * whole file.
 */
public final class Trace {

  private final Path root;
  private final Path realRoot;
  private final NavigableMap<String, Known> known = new TreeMap<>();
  private final List<Operation> operations = new ArrayList<>();
  private final List<Operation> start;

  Trace(Path root) throws IOException {
    this.root = root.toAbsolutePath().normalize();
    this.realRoot = root.toRealPath();
    notice(root);
    start = List.copyOf(operations);
    operations.clear();
  }

  /** Makes the folder as it was when the trace began. */
  List<Operation> start() {
    return start;
  }

  public synchronized List<Operation> operations() {
    return List.copyOf(operations);
  }

  public synchronized int size() {
    return operations.size();
  }

  /** Logs what others did, so that the image after the last operation equals the folder. */
  public synchronized void noticeOthers() throws IOException {
    for (String path : List.copyOf(known.keySet())) {
      if (!Files.exists(root.resolve(path), LinkOption.NOFOLLOW_LINKS)) {
        deleted(root.resolve(path));
      }
    }
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path path : tree.sorted().toList()) {
        notice(path);
      }
    }
  }

  boolean contains(Path path) {
    return relative(path) != null;
  }

  /**
   * Logs the file or folder at a path if others made or changed it, a new folder with all its
   * content. The answer is null for what is not traced: a path outside of the folder, or a link.
   */
  synchronized Known notice(Path path) throws IOException {
    String name = relative(path);
    if (name == null || !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    BasicFileAttributes attributes = attributes(path);
    if (attributes.isSymbolicLink()) {
      return null;
    }
    String parent = name.contains("/") ? name.substring(0, name.lastIndexOf('/')) : "";
    if (!name.isEmpty() && !known.containsKey(parent)) {
      notice(root.resolve(parent));
    }
    boolean isNew = !known.containsKey(name);
    Known found = known.computeIfAbsent(name, Known::new);
    if (attributes.isDirectory()) {
      if (isNew) {
        noticeFolder(name);
      }
    } else if (isNew || !Stamp.of(attributes).equals(found.stamp)) {
      noticeFile(found, isNew);
      found.stamp = Stamp.of(attributes);
    }
    return found;
  }

  private void noticeFolder(String name) throws IOException {
    if (!name.isEmpty()) {
      operations.add(new FolderMade(name));
    }
    try (Stream<Path> entries = Files.list(root.resolve(name))) {
      for (Path entry : entries.sorted().toList()) {
        notice(entry);
      }
    }
  }

  private void noticeFile(Known file, boolean isNew) throws IOException {
    byte[] bytes;
    // Unlike a channel, a stream reads on when its thread is interrupted, as a rename goes on.
    try (InputStream in = new FileInputStream(root.resolve(file.path).toFile())) {
      bytes = in.readAllBytes();
    }
    if (isNew) {
      operations.add(new FileCreated(file.path));
    } else if (bytes.length < file.stamp.size) {
      operations.add(new Truncated(file.path, bytes.length));
    }
    if (bytes.length > 0) {
      operations.add(new Written(file.path, 0, bytes));
    }
  }

  synchronized void written(Known file, long offset, byte[] bytes) throws IOException {
    if (file.path != null && bytes.length > 0) {
      operations.add(new Written(file.path, Math.toIntExact(offset), bytes));
      file.stamp = Stamp.of(attributes(root.resolve(file.path)));
    }
  }

  synchronized void truncated(Known file, long length) throws IOException {
    if (file.path != null && length < file.stamp.size) {
      operations.add(new Truncated(file.path, Math.toIntExact(length)));
      file.stamp = Stamp.of(attributes(root.resolve(file.path)));
    }
  }

  /** Forced is also what others wrote. */
  synchronized void forced(Known file) throws IOException {
    if (file.path != null) {
      notice(root.resolve(file.path));
      operations.add(new Forced(file.path));
    }
  }

  /** A file or an empty folder, or all of a folder that others removed. */
  synchronized void deleted(Path path) {
    String name = relative(path);
    if (name != null) {
      for (String gone : forget(name).descendingKeySet()) {
        operations.add(new Deleted(gone));
      }
    }
  }

  synchronized void renamed(Path source, Path target) throws IOException {
    String from = relative(source);
    String to = relative(target);
    if (from == null || to == null) {
      deleted(source);
      deleted(target);
      notice(target);
      return;
    }
    forget(to);
    forget(from)
        .forEach(
            (name, file) -> {
              file.path = to + name.substring(from.length());
              known.put(file.path, file);
            });
    operations.add(new Renamed(from, to));
  }

  /** Takes a path and what is in it out of the known ones. */
  private NavigableMap<String, Known> forget(String name) {
    NavigableMap<String, Known> forgotten = new TreeMap<>(known);
    forgotten.keySet().removeIf(path -> !path.equals(name) && !path.startsWith(name + "/"));
    known.keySet().removeAll(forgotten.keySet());
    forgotten.values().forEach(file -> file.path = null);
    return forgotten;
  }

  private String relative(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    for (Path folder : List.of(root, realRoot)) {
      if (absolute.startsWith(folder)) {
        return folder.relativize(absolute).toString();
      }
    }
    return null;
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  /** A file or folder by its name of today, which is null once it is deleted. */
  static final class Known {
    private String path;
    private Stamp stamp;

    private Known(String path) {
      this.path = path;
    }
  }

  /** What changes when a file is written to, or when another one takes its name. */
  private record Stamp(long size, FileTime modified, Object key) {
    static Stamp of(BasicFileAttributes file) {
      return new Stamp(file.size(), file.lastModifiedTime(), file.fileKey());
    }
  }
}
