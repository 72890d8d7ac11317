package io.github.smartleadbulk.cli.target;

import io.github.smartleadbulk.api.ApiKey;
import io.github.smartleadbulk.run.FaultMessages;
import io.github.smartleadbulk.run.Invocation;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/**
 * A file whose first line is an API key.
 *
 * @param name the file as the user gave it, for messages
 */
record KeyFile(Path path, String name) {

  /**
   * Reads the key.
   *
   * @throws NoKeyException if the file has no key that can be used
   */
  ApiKey read() {
    try (BufferedReader reader = Files.newBufferedReader(path)) {
      String line = reader.readLine();
      // Notepad begins files with a byte order mark.
      return ApiKey.of(line == null ? "" : line.replaceFirst("^\uFEFF", ""));
    } catch (IllegalArgumentException e) {
      throw new NoKeyException("%s (%s)".formatted(e.getMessage(), name));
    } catch (IOException e) {
      throw new NoKeyException("the API key file cannot be read: " + FaultMessages.of(e));
    }
  }

  /**
   * The hash of the key.
   *
   * @return empty unless the key can be read at once and without a warning
   */
  Optional<String> hash() {
    // Whoever reads a pipe waits for its writer, and takes the key from a command that needs it.
    if (!Files.isRegularFile(path) || warning().isPresent()) {
      return Optional.empty();
    }
    try {
      return Optional.of(read().hash());
    } catch (NoKeyException e) {
      return Optional.empty();
    }
  }

  /**
   * Warns if other users can read the file. Where the group is what lets this process read the file
   * of another user, as with a secret in Kubernetes, its access is meant.
   *
   * @return empty also for a pipe, and on a file system without POSIX permissions
   */
  Optional<String> warning() {
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (view == null || !Files.isRegularFile(path)) {
      return Optional.empty();
    }
    try {
      PosixFileAttributes attributes = view.readAttributes();
      Set<PosixFilePermission> permissions = attributes.permissions();
      boolean isOwn = attributes.owner().getName().equals(System.getProperty("user.name"));
      return permissions.contains(PosixFilePermission.OTHERS_READ)
              || (isOwn && permissions.contains(PosixFilePermission.GROUP_READ))
          ? Optional.of(
              "other users of this machine can read the API key file %s. To keep the key private: chmod 600 %s"
                  .formatted(name, Invocation.quoted(path.toString())))
          : Optional.empty();
    } catch (IOException e) {
      // The key was read, and that is what counts.
      return Optional.empty();
    }
  }
}
