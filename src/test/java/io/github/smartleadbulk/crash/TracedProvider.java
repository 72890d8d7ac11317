package io.github.smartleadbulk.crash;

import static io.github.smartleadbulk.crash.TracedFiles.unwrap;

import io.github.smartleadbulk.crash.Faults.Request;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Passes everything on to the default provider. A change can fail first, and is traced after. */
final class TracedProvider extends FileSystemProvider {

  private final FileSystemProvider real = FileSystems.getDefault().provider();
  private final TracedFiles files;
  private final Trace trace;

  TracedProvider(TracedFiles files) {
    this.files = files;
    this.trace = files.trace();
  }

  @Override
  public FileChannel newFileChannel(
      Path wrapped, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    Path path = unwrap(wrapped);
    if (!options.contains(StandardOpenOption.WRITE)
        && !options.contains(StandardOpenOption.APPEND)) {
      return new TracedChannel(
          real.newFileChannel(path, options, attributes), path, null, false, files);
    }
    synchronized (trace) {
      boolean there = Files.exists(path);
      boolean creates =
          options.contains(StandardOpenOption.CREATE)
              || options.contains(StandardOpenOption.CREATE_NEW);
      boolean empties = there && options.contains(StandardOpenOption.TRUNCATE_EXISTING);
      if (!there && creates) {
        check(Request.CREATE, path);
      } else if (there && !options.contains(StandardOpenOption.CREATE_NEW)) {
        check(empties ? Request.TRUNCATE : Request.OPEN, path);
        trace.notice(path);
      }
      FileChannel channel = real.newFileChannel(path, options, attributes);
      Trace.Known file = trace.notice(path);
      boolean forces =
          options.contains(StandardOpenOption.SYNC) || options.contains(StandardOpenOption.DSYNC);
      return new TracedChannel(channel, path, file, forces, files);
    }
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public void createDirectory(Path wrapped, FileAttribute<?>... attributes) throws IOException {
    Path folder = unwrap(wrapped);
    synchronized (trace) {
      if (!isThere(folder)) {
        check(Request.CREATE, folder);
      }
      real.createDirectory(folder, attributes);
      trace.notice(folder);
    }
  }

  @Override
  public void delete(Path wrapped) throws IOException {
    Path path = unwrap(wrapped);
    synchronized (trace) {
      if (isThere(path)) {
        check(Request.DELETE, path);
      }
      real.delete(path);
      trace.deleted(path);
    }
  }

  /** The JDK deletes a target that is to be replaced, then creates it. */
  @Override
  public void copy(Path wrappedSource, Path wrappedTarget, CopyOption... options)
      throws IOException {
    Path target = unwrap(wrappedTarget);
    synchronized (trace) {
      check(Request.CREATE, target);
      real.copy(unwrap(wrappedSource), target, options);
      trace.deleted(target);
      trace.notice(target);
    }
  }

  /** The JDK deletes a target that is to be replaced, then renames, unless told to be atomic. */
  @Override
  public void move(Path wrappedSource, Path wrappedTarget, CopyOption... options)
      throws IOException {
    Path source = unwrap(wrappedSource);
    Path target = unwrap(wrappedTarget);
    synchronized (trace) {
      check(Request.RENAME, trace.contains(target) ? target : source);
      trace.notice(source);
      if (isThere(target) && Files.isSameFile(source, target)) {
        return;
      }
      real.move(source, target, options);
      if (!List.of(options).contains(StandardCopyOption.ATOMIC_MOVE)) {
        trace.deleted(target);
      }
      trace.renamed(source, target);
    }
  }

  private void check(Request request, Path path) throws IOException {
    if (trace.contains(path)) {
      files.faults().check(request, path);
    }
  }

  private static boolean isThere(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
    DirectoryStream<Path> entries =
        real.newDirectoryStream(unwrap(folder), entry -> filter.accept(files.wrap(entry)));
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        return StreamSupport.stream(entries.spliterator(), false).map(files::wrap).iterator();
      }

      @Override
      public void close() throws IOException {
        entries.close();
      }
    };
  }

  @Override
  public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes)
      throws IOException {
    real.createSymbolicLink(unwrap(link), unwrap(target), attributes);
  }

  @Override
  public void createLink(Path link, Path existing) throws IOException {
    real.createLink(unwrap(link), unwrap(existing));
  }

  @Override
  public Path readSymbolicLink(Path link) throws IOException {
    return files.wrap(real.readSymbolicLink(unwrap(link)));
  }

  @Override
  public boolean isSameFile(Path path, Path other) throws IOException {
    return real.isSameFile(unwrap(path), unwrap(other));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return real.isHidden(unwrap(path));
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return real.getFileStore(unwrap(path));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    real.checkAccess(unwrap(path), modes);
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return real.getFileAttributeView(unwrap(path), type, options);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return real.readAttributes(unwrap(path), type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    return real.readAttributes(unwrap(path), attributes, options);
  }

  @Override
  public void setAttribute(Path path, String attribute, Object value, LinkOption... options)
      throws IOException {
    real.setAttribute(unwrap(path), attribute, value, options);
  }

  @Override
  public String getScheme() {
    return "traced";
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Path getPath(URI uri) {
    throw new UnsupportedOperationException();
  }
}
