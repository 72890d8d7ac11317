package io.github.smartleadbulk.page;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is left of the size that a page may have. Mail servers refuse attachments that are larger,
 * and browsers open them slowly.
 */
final class Room {

  /** In bytes. A page may have 15 MB, and the parts after the rows need the rest. */
  private static final long ROWS_END = 13_000_000;

  private long written;

  OutputStream counting(OutputStream out) {
    return new FilterOutputStream(out) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        written += length;
      }
    };
  }

  boolean isUsedUp() {
    return written >= ROWS_END;
  }

  /** How many bytes rows may still take. */
  long left() {
    return ROWS_END - written;
  }

  /** The rows that the page has room for. */
  <T> Iterable<T> fitting(Supplier<@Nullable T> rows) {
    return () ->
        new Iterator<>() {
          private @Nullable T next = rows.get();

          @Override
          public boolean hasNext() {
            return next != null;
          }

          @Override
          public T next() {
            T row = next;
            if (row == null) {
              throw new java.util.NoSuchElementException();
            }
            next = isUsedUp() ? null : rows.get();
            return row;
          }
        };
  }
}
