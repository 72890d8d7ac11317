package io.github.smartleadbulk.job;

import io.github.smartleadbulk.file.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The bytes of an input, copied once, so that what was inspected is what is sent, and known by
 * their fingerprint.
 */
record InputCopy(Path path, String fingerprint) {

  /** Copies to {@code path}, over what may be left there. */
  static InputCopy write(InputStream content, Path path) throws IOException {
    MessageDigest digest = sha256();
    try (OutputStream out = new DigestOutputStream(PrivateFiles.newOutputStream(path), digest)) {
      content.transferTo(out);
    }
    return new InputCopy(path, HexFormat.of().formatHex(digest.digest()));
  }

  /** Reads a copy that was written earlier, to know whether it is still the same. */
  static InputCopy read(Path path) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = Files.newInputStream(path);
        OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      in.transferTo(out);
    }
    return new InputCopy(path, HexFormat.of().formatHex(digest.digest()));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
