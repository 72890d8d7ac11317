package io.github.smartleadbulk.page;

import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Rows in parts of a table each, so that a browser can lay out the part that is looked at and leave
 * the others. Each part has to be read before the next one.
 */
record Parts<T>(Iterator<T> source) implements Iterable<Parts.Part<T>> {

  private static final int ROWS = 250;

  /** Rows that make one table. */
  record Part<T>(Iterator<T> source) {

    public Iterable<T> rows() {
      return () ->
          new Iterator<>() {
            private int count;

            @Override
            public boolean hasNext() {
              return count < ROWS && source.hasNext();
            }

            @Override
            public T next() {
              if (!hasNext()) {
                throw new NoSuchElementException();
              }
              count++;
              return source.next();
            }
          };
    }
  }

  @Override
  public Iterator<Part<T>> iterator() {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return source.hasNext();
      }

      @Override
      public Part<T> next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return new Part<>(source);
      }
    };
  }
}
