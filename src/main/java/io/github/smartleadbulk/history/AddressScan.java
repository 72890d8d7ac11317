package io.github.smartleadbulk.history;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Says quickly which files cannot hold an address, so that only the others are read as CSV.
 * Horspool's search for its bytes in lower case.
 */
final class AddressScan {

  private static final int BUFFER = 1 << 16;

  /** Empty if the bytes of the address depend on the encoding of the file. */
  private final byte[] wanted;

  private final int[] step = new int[256];

  private AddressScan(byte... wanted) {
    this.wanted = wanted;
    Arrays.fill(step, wanted.length);
    for (int i = 0; i < wanted.length - 1; i++) {
      step[wanted[i] & 0xFF] = wanted.length - 1 - i;
    }
  }

  static AddressScan of(String address) {
    String lower = address.toLowerCase(Locale.ROOT);
    return StandardCharsets.US_ASCII.newEncoder().canEncode(lower)
        ? new AddressScan(lower.getBytes(StandardCharsets.US_ASCII))
        : new AddressScan();
  }

  /** Whether a file may hold the address. */
  boolean mayBeIn(Path file) throws IOException {
    if (wanted.length == 0) {
      return true;
    }
    byte[] bytes = new byte[BUFFER];
    int size = 0;
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(bytes, size, BUFFER - size);
          read > 0;
          read = in.read(bytes, size, BUFFER - size)) {
        if (!lowerAscii(bytes, size, size + read)) {
          return true;
        }
        size += read;
        if (isIn(bytes, size)) {
          return true;
        }
        int kept = Math.min(size, wanted.length - 1);
        System.arraycopy(bytes, size - kept, bytes, 0, kept);
        size = kept;
      }
    }
    return false;
  }

  /** Turns letters into lower case; false if the file has two bytes for a letter. */
  private static boolean lowerAscii(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == 0) {
        return false;
      }
      if (bytes[i] >= 'A' && bytes[i] <= 'Z') {
        bytes[i] = (byte) (bytes[i] - 'A' + 'a');
      }
    }
    return true;
  }

  private boolean isIn(byte[] bytes, int size) {
    int last = wanted.length - 1;
    for (int i = 0; i + last < size; i += step[bytes[i + last] & 0xFF]) {
      int k = last;
      while (k >= 0 && bytes[i + k] == wanted[k]) {
        k--;
      }
      if (k < 0) {
        return true;
      }
    }
    return false;
  }
}
