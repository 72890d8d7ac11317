package io.github.smartleadbulk.run;

import io.github.smartleadbulk.file.Fingerprint;
import io.github.smartleadbulk.file.PrivateFiles;
import io.github.smartleadbulk.input.InputFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;

/**
 * A run's own copy of its input, identified by a fingerprint. Copying once ensures that the run
 * sends what it has inspected. The cells of ignored columns are neither copied nor part of the
 * fingerprint, so nobody can test passwords against it.
 */
final class InputCopy {

  /** The header must end within this many bytes. */
  static final int START = 1 << 20;

  private InputCopy() {}

  /**
   * Copies the input to {@code path} and overwrites any file there.
   *
   * @param options which columns to keep
   * @return the fingerprint of the copy
   * @throws io.github.smartleadbulk.csv.InputException if the input is refused at its header;
   *     nothing is copied then
   */
  static String write(InputStream content, String name, RunOptions options, Path path)
      throws IOException {
    byte[] start = content.readNBytes(START);
    InputFile input = options.openStart(start, name);
    MessageDigest digest = Fingerprint.sha256();
    try (OutputStream out = new DigestOutputStream(PrivateFiles.newOutputStream(path), digest)) {
      input.copy(new SequenceInputStream(new ByteArrayInputStream(start), content), out);
    }
    return Fingerprint.of(digest);
  }
}
