package io.github.smartleadbulk.crash;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smartleadbulk.crash.Faults.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fault strikes the operation that it was ordered for, as a disk would. */
final class FaultsTest {

  @TempDir private Path real;
  private TracedFiles files;
  private Path file;

  @BeforeEach
  void begin() throws IOException {
    files = new TracedFiles(real);
    file = files.root().resolve("file");
  }

  @Test
  void nthOperationFailsOnce() throws IOException {
    files.faults().failOnce(2, Fault.BROKEN);
    Files.createFile(file);
    assertThatThrownBy(() -> Files.delete(file))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(file + ": Input/output error");
    assertThat(files.faults().hits()).isEqualTo(1);
    assertThat(files.trace().size()).isEqualTo(1);
    Files.delete(file);
    assertThat(real).isEmptyDirectory();
  }

  /** A write that fills the disk comes back short; the next one fails; to delete still works. */
  @Test
  void fullDiskTakesAPartOfTheBytes() throws IOException {
    try (FileChannel channel = FileChannel.open(file, CREATE, WRITE)) {
      files.faults().failFrom(2, Fault.FULL);
      assertThat(channel.write(ByteBuffer.allocate(10))).isEqualTo(10);
      ByteBuffer bytes = ByteBuffer.allocate(10);
      assertThat(channel.write(bytes)).isEqualTo(5);
      assertThat(bytes.remaining()).isEqualTo(5);
      assertThatThrownBy(() -> channel.write(bytes)).hasMessage("No space left on device");
      assertThatThrownBy(() -> channel.force(true)).hasMessage("No space left on device");
      assertThat(channel.size()).isEqualTo(15);
      channel.truncate(0);
    }
    assertThatThrownBy(() -> Files.createFile(file.resolveSibling("other")))
        .hasMessage(real + "/other: No space left on device");
    Files.delete(file);
    files.faults().heal();
    Files.writeString(file, "again");
    assertThat(real.resolve("file")).hasContent("again");
  }

  @Test
  void fullForAMomentFailsAfterAPart() throws IOException {
    files.faults().failOnce(2, Fault.OVER_QUOTA);
    assertThatThrownBy(() -> Files.writeString(file, "0123456789"))
        .isInstanceOf(IOException.class)
        .hasMessage("Disk quota exceeded");
    assertThat(real.resolve("file")).hasContent("01234");
    Files.writeString(file, "0123456789");
    assertThat(real.resolve("file")).hasContent("0123456789");
  }

  @Test
  void readOnlyDiskIsRead() throws IOException {
    Files.writeString(file, "text");
    files.faults().failFrom(1, Fault.READ_ONLY);
    assertThat(file).hasContent("text");
    assertThatThrownBy(() -> FileChannel.open(file, WRITE))
        .hasMessage(file + ": Read-only file system");
    assertThatThrownBy(() -> Files.createDirectories(file.resolveSibling("folder")))
        .hasMessage(real + "/folder: Read-only file system");
    assertThatThrownBy(() -> Files.move(file, file.resolveSibling("other")))
        .hasMessage(file.resolveSibling("other") + ": Read-only file system");
  }
}
