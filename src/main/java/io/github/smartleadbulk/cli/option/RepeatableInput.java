package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * The input of a command that keeps no copy, as a file that can be read several times.
 *
 * @param isCopy whether the file is a copy of standard input, which can be read only once
 */
public record RepeatableInput(Path path, boolean isCopy) implements AutoCloseable {

  /**
   * Opens a file, or copies standard input.
   *
   * @param path null for standard input
   */
  public static RepeatableInput open(@Nullable Path path, ProcessEnvironment environment)
      throws IOException {
    if (path != null && Files.isRegularFile(path)) {
      return new RepeatableInput(path, false);
    }
    RepeatableInput copy =
        new RepeatableInput(Files.createTempFile("smartlead-bulk", ".csv"), true);
    try (InputStream content = path == null ? environment.in() : Files.newInputStream(path)) {
      Files.copy(content, copy.path(), StandardCopyOption.REPLACE_EXISTING);
      return copy;
    } catch (IOException | RuntimeException e) {
      copy.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    if (isCopy) {
      Files.delete(path);
    }
  }
}
