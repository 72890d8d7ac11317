package io.github.smartleadbulk.input;

import java.util.List;

/**
 * What there is to say about a file as a whole that can be used.
 *
 * @param notes what is in order
 * @param warnings what perhaps is not
 */
public record Remarks(List<String> notes, List<String> warnings) {

  public Remarks {
    notes = List.copyOf(notes);
    warnings = List.copyOf(warnings);
  }
}
