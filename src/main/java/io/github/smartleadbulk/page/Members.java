package io.github.smartleadbulk.page;

import java.util.Arrays;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The accounts of a group: a number for each, by which it is found when the page shows it. */
final class Members<T> {

  private final LongFunction<T> source;
  private long[] places = new long[1];
  private int size;

  Members(LongFunction<T> source) {
    this.source = source;
  }

  void add(long place) {
    if (size == places.length) {
      places = Arrays.copyOf(places, 2 * size);
    }
    places[size++] = place;
  }

  int size() {
    return size;
  }

  long firstPlace() {
    return places[0];
  }

  /** The account, if it is the only one. */
  @Nullable T only() {
    return size == 1 ? source.apply(places[0]) : null;
  }

  /**
   * The accounts for which the page has room.
   *
   * @param shown called for each
   */
  Iterable<T> fitting(Room room, Runnable shown) {
    return room.fitting(
        new Supplier<>() {
          private int next;

          @Override
          public @Nullable T get() {
            if (next == size) {
              return null;
            }
            shown.run();
            return source.apply(places[next++]);
          }
        });
  }
}
