package io.github.smartleadbulk.csv;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import org.jspecify.annotations.Nullable;

/**
 * Decodes bytes piece by piece, up to the first bytes that are not valid in the charset. Unlike a
 * reader, it returns all text before these bytes, and the bytes themselves.
 */
public final class PieceDecoder {

  private static final int BUFFER = 1 << 16;

  private final InputStream in;
  private final CharsetDecoder decoder;
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).limit(0);
  private final CharBuffer chars = CharBuffer.allocate(BUFFER);
  private CoderResult result = CoderResult.UNDERFLOW;
  private long bytesRead;
  private boolean end;

  /**
   * @param in the bytes after the byte order mark; the caller closes it
   */
  public PieceDecoder(InputStream in, Encoding encoding) {
    this.in = in;
    this.decoder = encoding.strictDecoder();
  }

  /**
   * The next piece of text, which can be empty. It is valid until the next call.
   *
   * @return null at the end, and before invalid bytes
   */
  public @Nullable CharBuffer next() throws IOException {
    if (result.isError() || (result.isUnderflow() && end)) {
      return null;
    }
    if (result.isUnderflow()) {
      fill();
    }
    result = decoder.decode(bytes, chars.clear(), end);
    return chars.flip();
  }

  private void fill() throws IOException {
    bytes.compact();
    int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
    end = count < 0;
    bytesRead += Math.max(count, 0);
    bytes.position(bytes.position() + Math.max(count, 0)).flip();
  }

  /** The invalid bytes after the last piece; null if all bytes were valid. */
  public byte @Nullable [] invalidBytes() {
    if (!result.isError()) {
      return null;
    }
    byte[] invalid = new byte[Math.min(result.length(), bytes.remaining())];
    bytes.duplicate().get(invalid);
    return invalid;
  }

  /** How many bytes have been decoded. */
  long position() {
    return bytesRead - bytes.remaining();
  }
}
