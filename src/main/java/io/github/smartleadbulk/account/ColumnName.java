package io.github.smartleadbulk.account;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Pattern;

/** How the name of a column is read, wherever users write one: in a header, in a template. */
public final class ColumnName {

  private static final Pattern GAP = Pattern.compile("[\\s\\p{Z}-]");

  private ColumnName() {}

  /** A name without what does not count: case, blanks around it, kinds of gap inside. */
  public static String normalized(String name) {
    return GAP.matcher(Cells.stripped(name).toLowerCase(Locale.ROOT)).replaceAll("_");
  }

  /**
   * The name that was most likely meant.
   *
   * @param known at least one, all normalised as {@code name} is
   */
  public static String nearest(String name, Collection<String> known) {
    return Collections.min(
        known,
        Comparator.comparing((String one) -> !abbreviates(name, one))
            .thenComparingInt(one -> distance(name, one)));
  }

  /** Names are shortened and lengthened at their end, which makes the distance large. */
  private static boolean abbreviates(String a, String b) {
    return Math.min(a.length(), b.length()) > 2 && (a.startsWith(b) || b.startsWith(a));
  }

  /** Characters to insert, delete or replace to make one name of the other (Levenshtein). */
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
