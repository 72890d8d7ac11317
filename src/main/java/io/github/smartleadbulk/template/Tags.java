package io.github.smartleadbulk.template;

import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.account.ColumnName;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks the tags of a template before the engine reads them. The engine treats an unclosed tag as
 * text, has tags that load files or change the syntax of tags, and gives some names a special
 * meaning.
 */
final class Tags {

  /**
   * A name starts unlike any other kind of tag and without the hyphen of the engine's special
   * names.
   */
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_][^{}<>&\"=|\\p{Cc}]*");

  private record Open(String tag, String name, long line) {}

  private final String template;
  private final String text;
  private final Set<String> names = new LinkedHashSet<>();
  private final Deque<Open> sections = new ArrayDeque<>();
  private long line = 1;

  private Tags(String template, String text) {
    this.template = template;
    this.text = text;
  }

  /**
   * Reads the normalised names in all tags.
   *
   * @throws IllegalArgumentException if a tag cannot be used
   */
  static Set<String> names(String template, String text) {
    Tags tags = new Tags(template, text);
    tags.read();
    return Collections.unmodifiableSet(tags.names);
  }

  private void read() {
    int end = 0;
    for (int start = text.indexOf("{{"); start >= 0; start = text.indexOf("{{", end)) {
      line += lineBreaks(end, start);
      int close = text.indexOf("}}", start + 2);
      if (close < 0) {
        throw refused(text.substring(start).lines().findFirst().orElse(""), "a }} that closes it");
      }
      end = close + 2;
      read(text.substring(start + 2, close), text.startsWith("}}}", close));
      line += lineBreaks(start, end);
    }
    if (!sections.isEmpty()) {
      Open open = sections.pop();
      line = open.line();
      throw refused("{{" + open.tag() + "}}", "{{/" + open.name() + "}} further down");
    }
  }

  /** Reads a tag; {@code inside} is the text between the braces. */
  private void read(String inside, boolean closedByThree) {
    if (inside.startsWith("!")) {
      return;
    }
    boolean three = inside.startsWith("{");
    String tag = inside.substring(three ? 1 : 0);
    if (tag.indexOf('{') >= 0 || tag.indexOf('\n') >= 0 || tag.indexOf('\r') >= 0) {
      String found = "{{" + inside.lines().findFirst().orElse("");
      throw refused(found, "a }} that closes it, on the same line and before another {");
    }
    if (three && !closedByThree) {
      throw refused("{{{" + tag + "}}", "three braces at both ends, or two");
    }
    // Trims like the engine, so that both read the same name.
    tag = tag.trim();
    char kind = three || tag.isEmpty() ? ' ' : tag.charAt(0);
    switch (kind) {
      case '#', '^' -> sections.push(new Open(tag, sectionName(tag), line));
      case '/' -> close(sectionName(tag));
      case '&' -> add(tag.substring(1).trim(), tag);
      // A note after a blank.
      case '!' -> {}
      default -> add(tag, tag);
    }
  }

  private String sectionName(String tag) {
    String name = tag.substring(1).trim();
    if (name.indexOf('|') >= 0) {
      throw refused("{{" + tag + "}}", "only a name: a section has no default");
    }
    add(name, tag);
    return name;
  }

  private void close(String name) {
    if (sections.isEmpty()) {
      throw refused("{{/" + name + "}}", "{{#" + name + "}} before it");
    }
    Open open = sections.pop();
    if (!open.name().equals(name)) {
      throw refused(
          "{{/" + name + "}}",
          "{{/" + open.name() + "}}, which closes the section of line " + open.line());
    }
  }

  private void add(String placeholder, String tag) {
    int bar = placeholder.indexOf('|');
    String name = Cells.stripped(bar < 0 ? placeholder : placeholder.substring(0, bar));
    // The engine's name for the whole row.
    if (!NAME.matcher(name).matches() || placeholder.equals("this")) {
      throw refused(
          "{{" + tag + "}}",
          "a column's name such as {{first_name}}, or with a default {{first_name|there}}");
    }
    names.add(ColumnName.normalized(name));
  }

  private long lineBreaks(int start, int end) {
    return text.substring(start, end).chars().filter(c -> c == '\n').count();
  }

  private IllegalArgumentException refused(String found, String expected) {
    return new IllegalArgumentException(
        template + ", line " + line + ": found " + Cells.shown(found) + ", expected " + expected);
  }
}
