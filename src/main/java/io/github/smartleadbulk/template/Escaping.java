package io.github.smartleadbulk.template;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;

/** What a value goes through on its way into a template. */
public enum Escaping {
  /** For signatures. The engine's own escaper also rewrites every {@code =}, as in addresses. */
  HTML(
      Escapers.simple(
          new String[][] {
            {"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}, {"'", "&#39;"}
          })),
  /** For fields that are no HTML, such as {@code from_name}. */
  NONE(Escapers.NONE);

  final Mustache.Escaper escaper;

  Escaping(Mustache.Escaper escaper) {
    this.escaper = escaper;
  }

  String escape(String text) {
    return escaper.escape(text);
  }
}
