package io.github.smartleadbulk.template;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A template filled for one row.
 *
 * @param text must not be sent if anything is missing
 * @param missing normalised names of the placeholders without a value, in text order
 */
public record Rendered(String text, Set<String> missing) {

  public Rendered {
    missing = Collections.unmodifiableSet(new LinkedHashSet<>(missing));
  }
}
