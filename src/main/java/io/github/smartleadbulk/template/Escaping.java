package io.github.smartleadbulk.template;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;

/** How to escape a value that goes into a template. */
public enum Escaping {
  /**
   * For signatures. Unlike this one, the engine's escaper also rewrites every {@code =}, which URLs
   * contain.
   */
  HTML(
      Escapers.simple(
          new String[][] {
            {"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}, {"'", "&#39;"}
          })),
  /** For fields that are not HTML, such as {@code from_name}. */
  NONE(Escapers.NONE);

  private final Mustache.Escaper escaper;

  Escaping(Mustache.Escaper escaper) {
    this.escaper = escaper;
  }

  public Mustache.Escaper escaper() {
    return escaper;
  }
}
