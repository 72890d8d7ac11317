package io.github.smartleadbulk.account;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the column names that users write, for example in a header or a template. */
public final class ColumnName {

  private static final Pattern GAP = Pattern.compile("[\\s\\p{Z}-]");

  /** The remarks that Google Admin adds to names. */
  private static final Pattern REMARK =
      Pattern.compile("_*\\[(?:required|read_only|upload_only)]$");

  private static final int LONGEST = 40;

  private ColumnName() {}

  /**
   * A name without differences that do not matter: case, blanks around it and the kind of separator
   * between words.
   */
  public static String normalized(String name) {
    String one = GAP.matcher(Cells.stripped(name).toLowerCase(Locale.ROOT)).replaceAll("_");
    return REMARK.matcher(one).replaceFirst("");
  }

  /**
   * The name that was most likely meant; empty if no name is similar.
   *
   * @param known the known names, normalised like {@code name}
   */
  public static Optional<String> nearest(String name, Collection<String> known) {
    return known.stream()
        .filter(one -> isNear(name, one))
        .min(
            Comparator.comparing((String one) -> !abbreviates(name, one))
                .thenComparingInt(one -> distance(name, one)));
  }

  /**
   * Accepts a name with up to a third of its letters wrong, rounded up. Rejects a text longer than
   * any name.
   */
  private static boolean isNear(String name, String known) {
    return name.length() <= 2 * LONGEST
        && (abbreviates(name, known)
            || distance(name, known) <= (Math.min(name.length(), known.length()) + 2) / 3);
  }

  /** People shorten and lengthen names at the end, which makes the distance large. */
  private static boolean abbreviates(String a, String b) {
    return Math.min(a.length(), b.length()) > 2 && (a.startsWith(b) || b.startsWith(a));
  }

  /**
   * How many characters to insert, delete or replace to turn one name into the other (Levenshtein).
   */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j - 1], row[j]) + 1);
      }
    }
    return row[b.length()];
  }
}
