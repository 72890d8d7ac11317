package io.github.smartleadbulk.run;

import io.github.smartleadbulk.file.PrivateFiles;
import io.github.smartleadbulk.input.InputFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The bytes of an input, copied once, so that what was inspected is what is sent, and known by
 * their fingerprint. What stands in columns that are passed over is not copied, and is not part of
 * the fingerprint either: nobody can try passwords on it.
 */
final class InputCopy {

  /** The header has to end within this many bytes. */
  static final int START = 1 << 20;

  private InputCopy() {}

  /**
   * Copies to {@code path}, over what may be left there.
   *
   * @param options say which columns are kept
   * @return the fingerprint of the copy
   * @throws io.github.smartleadbulk.csv.InputException if the input is refused at its header: then
   *     nothing is copied
   */
  static String write(InputStream content, String name, RunOptions options, Path path)
      throws IOException {
    byte[] start = content.readNBytes(START);
    InputFile input = options.openStart(start, name);
    MessageDigest digest = sha256();
    try (OutputStream out = new DigestOutputStream(PrivateFiles.newOutputStream(path), digest)) {
      input.copy(new SequenceInputStream(new ByteArrayInputStream(start), content), out);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The fingerprint of a copy that was written earlier. */
  static String fingerprint(Path path) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = Files.newInputStream(path);
        OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      in.transferTo(out);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
