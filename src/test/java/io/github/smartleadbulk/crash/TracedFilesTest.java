package io.github.smartleadbulk.crash;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The traced file system works as the default one, and its log makes the folder again. */
final class TracedFilesTest {

  @TempDir private Path temp;
  private Path real;
  private TracedFiles files;
  private Path root;

  @BeforeEach
  void begin() throws IOException {
    real = Files.createDirectory(temp.resolve("real"));
    Files.writeString(real.resolve("old"), "there before");
    files = new TracedFiles(real);
    root = files.root();
  }

  private List<String> log() {
    return files.trace().operations().stream().map(Operation::toString).toList();
  }

  private void assertLastImageIsTheFolder() throws IOException {
    Path image = temp.resolve("image");
    Image.afterKill(files.trace(), files.trace().size(), image);
    assertThat(FolderContent.of(image)).isEqualTo(FolderContent.of(real));
  }

  @Test
  void pathsStayInside() throws IOException {
    Path file = root.resolve("runs").resolve(Path.of("1")).resolveSibling("2").resolve("a");

    assertThat(file).hasToString(real + "/runs/2/a").isEqualTo(files.wrap(Path.of(file + "")));
    assertThat(file.hashCode()).isEqualTo(files.wrap(Path.of(file + "")).hashCode());
    assertThat(file.startsWith(root)).isTrue();
    assertThat(file.compareTo(root)).isPositive();
    assertThat(file.toFile()).isEqualTo(real.resolve("runs/2/a").toFile());
    assertThat(root.relativize(file)).hasToString("runs/2/a");
    assertThat(root.resolve(root.relativize(file))).isEqualTo(file);
    assertThat(
            Stream.of(file.getParent(), file.toAbsolutePath(), file.normalize(), root.toRealPath()))
        .allMatch(path -> path.getFileSystem() == files);
    assertThat(file.iterator().next().getFileSystem()).isSameAs(files);
    assertThat(Files.isSameFile(root.resolve("old"), real.resolve("old"))).isTrue();
  }

  @Test
  void filesAreReadThroughIt() throws IOException {
    Path runs = Files.createDirectories(root.resolve("runs/1"));
    Path temporary = Files.createTempFile(runs, "page", ".tmp");
    Files.writeString(temporary, "first\nsecond\n");
    Files.setPosixFilePermissions(runs, PosixFilePermissions.fromString("rwx------"));
    Files.createSymbolicLink(root.resolve("link"), Path.of("old"));

    try (BufferedReader reader = Files.newBufferedReader(temporary);
        Stream<Path> list = Files.list(runs);
        Stream<Path> tree = Files.walk(root)) {
      assertThat(reader.lines()).containsExactly("first", "second");
      assertThat(list).containsExactly(temporary);
      assertThat(tree)
          .containsExactlyInAnyOrder(
              root, root.resolve("link"), root.resolve("old"), runs.getParent(), runs, temporary);
    }
    assertThat(Files.size(temporary)).isEqualTo(13);
    assertThat(Files.getPosixFilePermissions(real.resolve("runs/1"))).hasSize(3);
    assertThat(Files.isSymbolicLink(root.resolve("link"))).isTrue();
    assertThat(Files.exists(root.resolve("none"))).isFalse();
  }

  @Test
  void everyChangeIsLoggedUnderTheNameOfItsTime() throws IOException {
    Path folder = Files.createDirectory(root.resolve("runs"));
    try (FileChannel channel = FileChannel.open(folder.resolve("a.tmp"), CREATE, WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[10]));
      channel.write(ByteBuffer.wrap(new byte[4]), 2);
      channel.truncate(8);
      channel.force(true);
      Files.move(folder.resolve("a.tmp"), folder.resolve("a"), ATOMIC_MOVE, REPLACE_EXISTING);
      Files.move(folder, root.resolve("gone"));
      channel.write(ByteBuffer.wrap(new byte[1]));
    }
    try (FileChannel channel = FileChannel.open(root, READ)) {
      channel.force(true);
    }
    Files.copy(root.resolve("gone/a"), root.resolve("old"), REPLACE_EXISTING);
    Files.move(root.resolve("gone/a"), root.resolve("old"), REPLACE_EXISTING);
    Files.deleteIfExists(root.resolve("gone"));
    try (OutputStream out = Files.newOutputStream(root.resolve("old"))) {
      out.write(7);
    }

    assertThat(log())
        .containsExactly(
            "FolderMade[path=runs]",
            "FileCreated[path=runs/a.tmp]",
            "Written[path=runs/a.tmp, offset=0, bytes=10]",
            "Written[path=runs/a.tmp, offset=2, bytes=4]",
            "Truncated[path=runs/a.tmp, length=8]",
            "Forced[path=runs/a.tmp]",
            "Renamed[path=runs/a.tmp, target=runs/a]",
            "Renamed[path=runs, target=gone]",
            "Written[path=gone/a, offset=8, bytes=1]",
            "Forced[path=]",
            "Deleted[path=old]",
            "FileCreated[path=old]",
            "Written[path=old, offset=0, bytes=9]",
            "Deleted[path=old]",
            "Renamed[path=gone/a, target=old]",
            "Deleted[path=gone]",
            "Truncated[path=old, length=0]",
            "Written[path=old, offset=0, bytes=1]");
    assertLastImageIsTheFolder();
  }

  /** H2 is given a string: the trace sees what it did when the file is forced or renamed. */
  @Test
  void writesOfOthersAreNoticed() throws IOException {
    Path copy = Files.copy(root.resolve("old"), root.resolve("copy"));
    Files.writeString(copy.toFile().toPath(), "other");
    Files.writeString(real.resolve("new"), "made by others");
    try (FileChannel channel = FileChannel.open(copy, READ)) {
      channel.force(true);
    }
    Files.move(root.resolve("new"), root.resolve("old"), ATOMIC_MOVE);

    assertThat(log())
        .containsExactly(
            "FileCreated[path=copy]",
            "Written[path=copy, offset=0, bytes=12]",
            "Truncated[path=copy, length=5]",
            "Written[path=copy, offset=0, bytes=5]",
            "Forced[path=copy]",
            "FileCreated[path=new]",
            "Written[path=new, offset=0, bytes=14]",
            "Renamed[path=new, target=old]");
    Files.delete(real.resolve("copy"));
    Files.createDirectories(real.resolve("a/b"));
    files.trace().noticeOthers();
    assertLastImageIsTheFolder();
  }

  @Test
  void othersOutsideAreNobodysBusiness() throws IOException {
    Path outside = files.wrap(temp.resolve("outside"));
    Files.writeString(outside, "text");
    files.faults().failFrom(1, Faults.Fault.BROKEN);
    Files.writeString(outside, "more");
    files.faults().heal();
    Files.copy(outside, root.resolve("copied"));
    Files.move(outside, root.resolve("moved"));
    Files.move(root.resolve("old"), outside);
    assertThat(log().stream().map(line -> line.replaceAll("\\[.*", "")))
        .containsExactly("FileCreated", "Written", "FileCreated", "Written", "Deleted");
    assertLastImageIsTheFolder();
  }

  @Test
  void lockHoldsUntilItsChannelIsClosed() throws IOException {
    try (FileChannel first = FileChannel.open(root.resolve("lock"), CREATE, WRITE);
        FileChannel second = FileChannel.open(root.resolve("lock"), WRITE)) {
      FileLock lock = first.tryLock();
      assertThat(lock.isValid()).isTrue();
      assertThatThrownBy(second::tryLock).isInstanceOf(OverlappingFileLockException.class);
      first.close();
      assertThat(lock.isValid()).isFalse();
      assertThat(second.tryLock()).isNotNull();
    }
  }

  /** As many threads as a run has, in one file and in files of their own. */
  @Test
  void orderOfThreadsIsTheOneThatHappened() throws Exception {
    List<Callable<Boolean>> writers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Path own = root.resolve("own" + i);
      writers.add(() -> writeOften(own));
    }
    ExecutorService threads = Executors.newFixedThreadPool(writers.size());
    for (Future<Boolean> writer : threads.invokeAll(writers)) {
      assertThat(writer.get()).isTrue();
    }
    threads.shutdown();

    assertThat(Files.readAllLines(real.resolve("all"))).hasSize(400);
    assertLastImageIsTheFolder();
  }

  private boolean writeOften(Path own) throws IOException {
    Path temporary = own.resolveSibling(own.getFileName() + ".tmp");
    for (int i = 0; i < 50; i++) {
      String line = own.getFileName() + " " + i + "\n";
      Files.writeString(root.resolve("all"), line, CREATE, APPEND);
      Files.writeString(temporary, line);
      Files.move(temporary, own, ATOMIC_MOVE);
    }
    return true;
  }

  /** Random changes, each followed by an image. */
  @Test
  void imageAfterEachOperationIsTheFolderOfThatMoment() throws IOException {
    Random random = new Random(12);
    for (int step = 0; step < 80; step++) {
      Path file = root.resolve("f" + random.nextInt(4));
      Path other = root.resolve("f" + random.nextInt(4));
      switch (random.nextInt(6)) {
        case 0 -> Files.deleteIfExists(file);
        case 1 -> {
          if (Files.exists(file)) {
            Files.move(file, other, ATOMIC_MOVE);
          }
        }
        case 2 -> Files.write(file, new byte[random.nextInt(2000)], CREATE, APPEND);
        default -> {
          try (FileChannel channel = FileChannel.open(file, CREATE, WRITE, READ)) {
            byte[] bytes = new byte[random.nextInt(1500)];
            random.nextBytes(bytes);
            channel.write(ByteBuffer.wrap(bytes), random.nextInt(3000));
            channel.truncate(random.nextInt(4000));
            channel.transferFrom(
                Channels.newChannel(Files.newInputStream(root.resolve("old"))), 5, 9);
          }
        }
      }
      Path image = temp.resolve("image" + step);
      Image.afterKill(files.trace(), files.trace().size(), image);
      assertThat(FolderContent.of(image)).isEqualTo(FolderContent.of(real));
    }
  }
}
