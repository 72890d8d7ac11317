package io.github.smartleadbulk.sandbox;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongUnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The faults of a sandbox's account list. Thread-safe. */
final class ListFaults {

  /** A kind of list fault. Each has a number. */
  enum Kind {
    /** No page has more accounts than the number. */
    CAP,
    /** One in so many accounts is not shown, but still takes up a place. */
    HIDE,
    /** After every so many pages, one more account is missing at the front. */
    SHRINK,
    /** After every so many pages, one more account moves from the end to the front. */
    GROW,
    /** From this place on, every page is the same. */
    REPEAT,
    /** From this place on, there are always new accounts. */
    ENDLESS,
    /** A page has another form than an array, see {@link ListFaults#shaped}. */
    SHAPE
  }

  private final Map<Kind, Integer> numbersByKind;
  private final AtomicInteger pages = new AtomicInteger();

  ListFaults(Map<Kind, Integer> numbersByKind) {
    this.numbersByKind = new EnumMap<>(Kind.class);
    this.numbersByKind.putAll(numbersByKind);
  }

  static ListFaults none() {
    return new ListFaults(Map.of());
  }

  /** The list for the next page; 0 after its end. */
  LongUnaryOperator next(LongUnaryOperator ids) {
    int page = pages.getAndIncrement();
    int gone = page / number(Kind.SHRINK, Integer.MAX_VALUE);
    int come = page / number(Kind.GROW, Integer.MAX_VALUE);
    int end = number(Kind.ENDLESS, Integer.MAX_VALUE);
    LongUnaryOperator shown =
        index ->
            index < end
                ? ids.applyAsLong(index + gone)
                : Sandbox.FIRST_ACCOUNT_ID + SandboxSettings.MOST_ACCOUNTS + index;
    if (come == 0) {
      return shown;
    }
    long size = size(shown);
    return index ->
        index >= size ? 0 : shown.applyAsLong(index < come ? size - 1 - index : index - come);
  }

  /**
   * The form of a page that is sent: an array, one of two other known forms, or an unknown form.
   */
  JsonNode shaped(ArrayNode rows, LongUnaryOperator ids) {
    ObjectNode page = JsonMapper.shared().createObjectNode();
    return switch (number(Kind.SHAPE, 0)) {
      case 0 -> rows;
      case 1 -> page.set("data", rows);
      case 2 -> page.put("ok", true).put("total", size(ids)).set("data", rows);
      default -> page.set("accounts", rows);
    };
  }

  private static long size(LongUnaryOperator ids) {
    long size = 0;
    for (long step = 1L << 30; step > 0; step /= 2) {
      size += ids.applyAsLong(size + step - 1) == 0 ? 0 : step;
    }
    return size;
  }

  int most(int rows) {
    return Math.min(rows, number(Kind.CAP, rows));
  }

  long offset(long asked) {
    return Math.min(asked, number(Kind.REPEAT, Integer.MAX_VALUE));
  }

  boolean hides(long id) {
    return numbersByKind.containsKey(Kind.HIDE) && id % number(Kind.HIDE, 1) == 0;
  }

  private int number(Kind kind, int otherwise) {
    return numbersByKind.getOrDefault(kind, otherwise);
  }

  /** The faults in the form that is parsed, with a comma before each. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    numbersByKind.forEach(
        (kind, number) -> text.append(',').append(Spelling.of(kind)).append(':').append(number));
    return text.toString();
  }
}
