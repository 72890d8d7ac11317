package io.github.smartleadbulk.plan;

import io.github.smartleadbulk.plan.ComparedTexts.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The words that differ between two long texts, with a little of what is around them. */
final class TextDifference {

  /** How many places to show. */
  private static final int SHOWN = 3;

  /** How many equal characters to show around a place. */
  private static final int CONTEXT = 15;

  /** The most characters of what is removed or added in one place. */
  private static final int LONGEST = 40;

  private final List<String> before;
  private final List<String> after;

  private TextDifference(List<String> before, List<String> after) {
    this.before = before;
    this.after = after;
  }

  /**
   * The difference on one line; empty if the texts have too little in common to show it this way.
   */
  static Optional<String> find(String before, String after) {
    if (before.isEmpty() || after.isEmpty() || before.equals(after)) {
      return Optional.empty();
    }
    return ComparedTexts.of(before, after)
        .flatMap(
            compared ->
                new TextDifference(compared.before(), compared.after())
                    .shown(compared.places(), before.length(), after.length()));
  }

  private Optional<String> shown(List<Place> different, int length, int newLength) {
    List<Place> places = joined(different);
    int removed = places.stream().mapToInt(p -> length(before, p.from(), p.to())).sum();
    int added = places.stream().mapToInt(p -> length(after, p.newFrom(), p.newTo())).sum();
    if (2 * removed > length || 2 * added > newLength) {
      return Optional.empty();
    }
    StringBuilder line = new StringBuilder("\"");
    int shownTo = 0;
    for (Place place : places.subList(0, Math.min(SHOWN, places.size()))) {
      appendBetween(line, shownTo, place.from());
      append(line, "[-", text(before, place.from(), place.to()), "-]");
      append(line, "{+", text(after, place.newFrom(), place.newTo()), "+}");
      shownTo = place.to();
    }
    line.append(start(text(before, shownTo, before.size()), CONTEXT)).append("\" (");
    if (places.size() > SHOWN) {
      line.append(places.size() - SHOWN).append(" more places, ");
    }
    return Optional.of(
        line.append(length).append(" → ").append(newLength).append(" characters)").toString());
  }

  /** Joins places with nothing but white space or a single character between them. */
  private List<Place> joined(List<Place> places) {
    List<Place> joined = new ArrayList<>();
    for (Place place : places) {
      Place last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last != null && text(before, last.to(), place.from()).strip().length() <= 1) {
        joined.set(
            joined.size() - 1, new Place(last.from(), place.to(), last.newFrom(), place.newTo()));
      } else {
        joined.add(place);
      }
    }
    return joined;
  }

  private void appendBetween(StringBuilder line, int from, int to) {
    String text = text(before, from, to);
    String start = from == 0 ? "" : start(text, CONTEXT);
    String end = end(text);
    if (from > 0 && (start.length() + end.length() >= Difference.escaped(text).length())) {
      line.append(Difference.escaped(text));
    } else {
      line.append(start).append(start.endsWith("…") ? end.replaceFirst("^…", "") : end);
    }
  }

  private static void append(StringBuilder line, String open, String text, String close) {
    if (!text.isEmpty()) {
      line.append(open).append(start(text, LONGEST)).append(close);
    }
  }

  /** The start of a text, with an ellipsis if there is more. */
  private static String start(String text, int longest) {
    StringBuilder start = new StringBuilder();
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      String next = Difference.escaped(Character.toString(text.codePointAt(i)));
      if (start.length() + next.length() > longest) {
        return start.append('…').toString();
      }
      start.append(next);
    }
    return start.toString();
  }

  /** The end of a text, with an ellipsis if there is more. */
  private static String end(String text) {
    StringBuilder end = new StringBuilder();
    for (int i = text.length(); i > 0; i -= Character.charCount(text.codePointBefore(i))) {
      String next = Difference.escaped(Character.toString(text.codePointBefore(i)));
      if (end.length() + next.length() > CONTEXT) {
        return end.insert(0, '…').toString();
      }
      end.insert(0, next);
    }
    return end.toString();
  }

  private static String text(List<String> tokens, int from, int to) {
    return String.join("", tokens.subList(from, to));
  }

  private static int length(List<String> tokens, int from, int to) {
    return tokens.subList(from, to).stream().mapToInt(String::length).sum();
  }
}
