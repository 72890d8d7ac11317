package io.github.smartleadbulk.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The words that differ between two long texts, with a little of what is around them. */
final class TextDifference {

  /** Words, tags, white space and single other characters. A word keeps its combining marks. */
  private static final Pattern TOKEN =
      Pattern.compile("<[^<>]*>|[\\p{L}\\p{M}\\p{N}]+|\\s+|\\X", Pattern.DOTALL);

  /** The comparison takes time and memory for each pair of words. */
  private static final int MOST_PAIRS = 250_000;

  private static final int MOST_TOKENS = 20_000;

  /** How many places to show. */
  private static final int SHOWN = 3;

  /** How many equal characters to show around a place. */
  private static final int CONTEXT = 15;

  /** The most characters of what is removed or added in one place. */
  private static final int LONGEST = 40;

  private final List<String> before;
  private final List<String> after;

  /** A place where tokens are replaced, by their indexes in both texts. */
  private record Place(int from, int to, int newFrom, int newTo) {}

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
    List<String> tokens = tokens(before);
    List<String> newTokens = tokens(after);
    if (tokens.size() > MOST_TOKENS || newTokens.size() > MOST_TOKENS) {
      return Optional.empty();
    }
    return new TextDifference(tokens, newTokens).shown(before.length(), after.length());
  }

  private static List<String> tokens(String text) {
    return TOKEN.matcher(text).results().limit(MOST_TOKENS + 1).map(MatchResult::group).toList();
  }

  private Optional<String> shown(int length, int newLength) {
    int same = 0;
    int shorter = Math.min(before.size(), after.size());
    while (same < shorter && before.get(same).equals(after.get(same))) {
      same++;
    }
    int end = before.size();
    int newEnd = after.size();
    while (end > same && newEnd > same && before.get(end - 1).equals(after.get(newEnd - 1))) {
      end--;
      newEnd--;
    }
    if ((long) (end - same) * (newEnd - same) > MOST_PAIRS) {
      return Optional.empty();
    }
    List<Place> places = joined(places(same, end, newEnd));
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

  /** The places where the tokens from {@code same} on differ: a longest common subsequence. */
  private List<Place> places(int same, int end, int newEnd) {
    int rows = end - same;
    int columns = newEnd - same;
    int[][] common = new int[rows + 1][columns + 1];
    for (int i = rows - 1; i >= 0; i--) {
      for (int j = columns - 1; j >= 0; j--) {
        common[i][j] =
            before.get(same + i).equals(after.get(same + j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    List<Place> places = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < rows || j < columns) {
      int from = i;
      int newFrom = j;
      while ((i < rows || j < columns)
          && !(i < rows && j < columns && before.get(same + i).equals(after.get(same + j)))) {
        if (j == columns || (i < rows && common[i + 1][j] >= common[i][j + 1])) {
          i++;
        } else {
          j++;
        }
      }
      if (i > from || j > newFrom) {
        places.add(new Place(same + from, same + i, same + newFrom, same + j));
      }
      while (i < rows && j < columns && before.get(same + i).equals(after.get(same + j))) {
        i++;
        j++;
      }
    }
    return places;
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
