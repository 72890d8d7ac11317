package io.github.smartleadbulk.ramp;

import io.github.smartleadbulk.account.Cells;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A course that a user has defined and named: {@code weeks: 5-10, 10-20, 30-50} or {@code days: 5,
 * 7, 9, 12}.
 *
 * <p>Each item stands for one counted day or for one week. A week has seven counted days, or fewer
 * if the row names weekdays, such as five for {@code mon-fri}. {@code 5-10} rises evenly from 5 on
 * the first day of the week to 10 on the last, rounded down. If only one day per week counts, the
 * limit is 5. A single number applies to the whole week. After the last item, the limit keeps its
 * last value.
 */
public final class Curve implements Course {

  private static final Pattern TEXT = Pattern.compile("(?is)\\s*(weeks|days)\\s*:(.*)");

  /** Accepts a dash too, because word processors turn a hyphen between numbers into one. */
  private static final Pattern ITEM =
      Pattern.compile("([0-9]{1,16})(?:\\s*[-–]\\s*([0-9]{1,16}))?");

  private final String name;
  private final List<Item> items;
  private final boolean weeks;
  private final int daysOfItem;
  private final long cap;

  private record Item(long first, long last) {}

  private Curve(String name, List<Item> items, boolean weeks, int daysOfItem, long cap) {
    this.name = name;
    this.items = items;
    this.weeks = weeks;
    this.daysOfItem = daysOfItem;
    this.cap = cap;
  }

  /**
   * Reads a curve.
   *
   * @param where what messages call the text, such as {@code curve.usual}
   * @throws IllegalArgumentException if the text is not a curve, or the curve falls; the message
   *     says what was found and what is expected
   */
  public static Curve parse(String name, String text, String where) {
    Matcher matcher = TEXT.matcher(Cells.stripped(text));
    if (!matcher.matches()) {
      throw refused(where, text, "a curve such as weeks: 5-10, 10-20, 30-50 or days: 5, 7, 9, 12");
    }
    boolean weeks = matcher.group(1).toLowerCase(Locale.ROOT).equals("weeks");
    List<Item> items = new ArrayList<>();
    long before = 1;
    for (String itemText : matcher.group(2).split(",", -1)) {
      Item item = item(itemText, weeks);
      if (item == null) {
        throw refused(
            where,
            itemText,
            weeks
                ? "a week such as 5-10 or 20, with limits of 1 or more"
                : "a limit for one day, such as 5, of 1 or more");
      }
      if (item.first() < before || item.last() < item.first()) {
        long least = Math.max(before, item.first());
        throw refused(
            where, itemText, "a limit of " + least + " or more, because a curve never falls");
      }
      before = item.last();
      items.add(item);
    }
    return new Curve(name, List.copyOf(items), weeks, weeks ? 7 : 1, Long.MAX_VALUE);
  }

  private static @Nullable Item item(String text, boolean weeks) {
    Matcher matcher = ITEM.matcher(Cells.stripped(text));
    if (!matcher.matches() || (!weeks && matcher.group(2) != null)) {
      return null;
    }
    Long first = Cells.parseWhole(matcher.group(1), 1);
    Long last = matcher.group(2) == null ? first : Cells.parseWhole(matcher.group(2), 1);
    return first == null || last == null ? null : new Item(first, last);
  }

  private static IllegalArgumentException refused(String where, String found, String expected) {
    return new IllegalArgumentException(
        where + ": found " + Cells.shown(Cells.stripped(found)) + ", expected " + expected);
  }

  public String name() {
    return name;
  }

  /** The limit on the first day. */
  long start() {
    return limitAfter(0);
  }

  /** The limit after the last item. */
  long end() {
    return limitAfter(Long.MAX_VALUE);
  }

  Curve cappedAt(long newCap) {
    return new Curve(name, items, weeks, daysOfItem, newCap);
  }

  @Override
  public Curve inWeeksOf(int days) {
    return new Curve(name, items, weeks, weeks ? days : 1, cap);
  }

  @Override
  public long limitAfter(long countedDays) {
    long index = countedDays / daysOfItem;
    if (index >= items.size()) {
      return Math.min(cap, items.get(items.size() - 1).last());
    }
    Item item = items.get((int) index);
    if (daysOfItem == 1) {
      return Math.min(cap, item.first());
    }
    // A number of 16 digits times six does not overflow.
    long risen = (item.last() - item.first()) * (countedDays % daysOfItem) / (daysOfItem - 1);
    return Math.min(cap, item.first() + risen);
  }
}
