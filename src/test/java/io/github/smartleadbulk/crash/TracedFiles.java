package io.github.smartleadbulk.crash;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The default file system, with a trace of every change below one folder, and with faults on
 * demand. A program is inside when the folder that it is given is {@link #root}: every path derived
 * from a wrapped path is wrapped. A string or a {@code java.io.File} leads out again.
 *
 * <pre>{@code
 * TracedFiles files = new TracedFiles(home);
 * new TestProgram(files.root()).run("update", "rows.csv", "--sandbox");
 * for (int count = 0; count <= files.trace().size(); count++) {
 *   Image.afterKill(files.trace(), count, temp.resolve("home" + count));
 *   // Resume there.
 * }
 * }</pre>
 */
public final class TracedFiles extends FileSystem {

  private final FileSystem real = FileSystems.getDefault();
  private final Path root;
  private final Trace trace;
  private final Faults faults = new Faults();
  private final FileSystemProvider provider;

  /** Begins the trace of a folder, which must be there. */
  public TracedFiles(Path root) throws IOException {
    this.root = root;
    trace = new Trace(root);
    provider = new TracedProvider(this);
  }

  public Path root() {
    return wrap(root);
  }

  public Trace trace() {
    return trace;
  }

  public Faults faults() {
    return faults;
  }

  /** A path of this file system that stands for one of the default file system. */
  public Path wrap(Path path) {
    return path == null || path instanceof Wrapped
        ? path
        : (Path)
            Proxy.newProxyInstance(
                TracedFiles.class.getClassLoader(),
                new Class<?>[] {Path.class, Wrapped.class},
                (self, method, arguments) ->
                    switch (method.getName()) {
                      case "unwrapped" -> path;
                      case "getFileSystem" -> this;
                      case "iterator" -> wrapAll(path);
                      case "equals" ->
                          arguments[0] instanceof Wrapped other && path.equals(other.unwrapped());
                      default -> {
                        Object[] plain =
                            arguments == null
                                ? null
                                : Stream.of(arguments).map(TracedFiles::unwrapAny).toArray();
                        try {
                          Object result = method.invoke(path, plain);
                          yield result instanceof Path derived ? wrap(derived) : result;
                        } catch (InvocationTargetException e) {
                          throw e.getCause();
                        }
                      }
                    });
  }

  private Iterator<Path> wrapAll(Path path) {
    return StreamSupport.stream(path.spliterator(), false).map(this::wrap).iterator();
  }

  private static Object unwrapAny(Object argument) {
    return argument instanceof Wrapped wrapped ? wrapped.unwrapped() : argument;
  }

  /** The path of the default file system that any path stands for. */
  static Path unwrap(Path path) {
    return (Path) unwrapAny(path);
  }

  /** Marks the paths that come from {@link #wrap}. */
  interface Wrapped {
    Path unwrapped();
  }

  @Override
  public FileSystemProvider provider() {
    return provider;
  }

  @Override
  public Path getPath(String first, String... more) {
    return wrap(real.getPath(first, more));
  }

  @Override
  public PathMatcher getPathMatcher(String pattern) {
    PathMatcher matcher = real.getPathMatcher(pattern);
    return path -> matcher.matches(unwrap(path));
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    return () ->
        StreamSupport.stream(real.getRootDirectories().spliterator(), false)
            .map(this::wrap)
            .iterator();
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    return real.getFileStores();
  }

  @Override
  public String getSeparator() {
    return real.getSeparator();
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return real.supportedFileAttributeViews();
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    return real.getUserPrincipalLookupService();
  }

  @Override
  public WatchService newWatchService() throws IOException {
    return real.newWatchService();
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
