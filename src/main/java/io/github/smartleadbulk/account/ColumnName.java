package io.github.smartleadbulk.account;

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
}
