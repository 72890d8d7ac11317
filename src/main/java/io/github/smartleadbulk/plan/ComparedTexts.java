package io.github.smartleadbulk.plan;

import com.github.difflib.DiffUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Two texts and the words that differ.
 *
 * @param before the words of the old text, with everything between them
 * @param after those of the new text
 */
public record ComparedTexts(List<String> before, List<String> after, List<Place> places) {

  /** Words, tags, white space and single other characters. A word keeps its combining marks. */
  private static final Pattern TOKEN =
      Pattern.compile("<[^<>]*>|[\\p{L}\\p{M}\\p{N}]+|\\s+|\\X", Pattern.DOTALL);

  /** The comparison takes time and memory for each pair of words. */
  private static final int MOST_PAIRS = 250_000;

  private static final int MOST_TOKENS = 20_000;

  /** A place where words are replaced, by their indexes in both texts. */
  public record Place(int from, int to, int newFrom, int newTo) {}

  /** A part of the texts: in both of them, or in one. */
  public record Part(Kind kind, String text) {}

  /** Which of the texts have a part. */
  public enum Kind {
    SAME,
    REMOVED,
    ADDED
  }

  /** Compares two texts; empty if they are too long or differ too much to be compared. */
  public static Optional<ComparedTexts> of(String before, String after) {
    List<String> tokens = tokens(before);
    List<String> newTokens = tokens(after);
    int same = 0;
    int shorter = Math.min(tokens.size(), newTokens.size());
    while (same < shorter && tokens.get(same).equals(newTokens.get(same))) {
      same++;
    }
    int end = tokens.size();
    int newEnd = newTokens.size();
    while (end > same && newEnd > same && tokens.get(end - 1).equals(newTokens.get(newEnd - 1))) {
      end--;
      newEnd--;
    }
    if (Math.max(tokens.size(), newTokens.size()) > MOST_TOKENS
        || (long) (end - same) * (newEnd - same) > MOST_PAIRS) {
      return Optional.empty();
    }
    int start = same;
    List<Place> places =
        DiffUtils.diff(tokens.subList(same, end), newTokens.subList(same, newEnd))
            .getDeltas()
            .stream()
            .map(
                delta -> {
                  int from = start + delta.getSource().getPosition();
                  int newFrom = start + delta.getTarget().getPosition();
                  return new Place(
                      from,
                      from + delta.getSource().size(),
                      newFrom,
                      newFrom + delta.getTarget().size());
                })
            .toList();
    return Optional.of(new ComparedTexts(tokens, newTokens, places));
  }

  private static List<String> tokens(String text) {
    return TOKEN.matcher(text).results().limit(MOST_TOKENS + 1).map(MatchResult::group).toList();
  }

  /** Both texts as one: what they share, and what is removed and added between it. */
  public List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    int shown = 0;
    for (Place place : places) {
      add(parts, Kind.SAME, before, shown, place.from());
      add(parts, Kind.REMOVED, before, place.from(), place.to());
      add(parts, Kind.ADDED, after, place.newFrom(), place.newTo());
      shown = place.to();
    }
    add(parts, Kind.SAME, before, shown, before.size());
    return parts;
  }

  private static void add(List<Part> parts, Kind kind, List<String> tokens, int from, int to) {
    if (from < to) {
      parts.add(new Part(kind, String.join("", tokens.subList(from, to))));
    }
  }
}
