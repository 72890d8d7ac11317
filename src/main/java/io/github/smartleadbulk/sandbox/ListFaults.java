package io.github.smartleadbulk.sandbox;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongUnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is wrong with the account list of a sandbox. Thread-safe. */
final class ListFaults {

  /** One way in which a list is not what it seems, with its number. */
  enum Kind {
    /** No page has more accounts. */
    CAP,
    /** Of so many accounts one is not shown, though it has its place. */
    HIDE,
    /** After so many pages one more account is gone from the front. */
    SHRINK,
    /** After so many pages one more account is at the front, from the end. */
    GROW,
    /** From so many places on, every page is that of these places. */
    REPEAT,
    /** From this place on there are ever new accounts. */
    ENDLESS,
    /** What a page is instead of an array: see {@link ListFaults#shaped}. */
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

  /** The list as the next page shows it; 0 behind its end. */
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

  /** A page as it is sent: one of two other shapes that are known, or one that is not. */
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

  /** As it is parsed, with a comma before each. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    numbersByKind.forEach(
        (kind, number) -> text.append(',').append(Spelling.of(kind)).append(':').append(number));
    return text.toString();
  }
}
