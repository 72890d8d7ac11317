package io.github.smartleadbulk.input;

import java.util.List;

/**
 * Remarks about a valid file as a whole.
 *
 * @param notes about what is in order
 * @param warnings about possible mistakes
 */
public record Remarks(List<String> notes, List<String> warnings) {

  public Remarks {
    notes = List.copyOf(notes);
    warnings = List.copyOf(warnings);
  }
}
