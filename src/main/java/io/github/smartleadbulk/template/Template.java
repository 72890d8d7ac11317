package io.github.smartleadbulk.template;

import com.samskivert.mustache.MustacheException;
import java.util.Map;
import java.util.Set;

/**
 * A text that is filled with the values of a row.
 *
 * <table>
 * <caption>What a template may hold</caption>
 * <tr><td>{@code {{first_name}}}</td><td>the value; the row is invalid without one</td></tr>
 * <tr><td>{@code {{first_name|there}}}</td><td>the value, or else the text after the bar, which may
 * be empty</td></tr>
 * <tr><td>{@code {{{first_name}}}}, {@code {{&first_name}}}</td><td>the same, never escaped</td></tr>
 * <tr><td>{@code {{#phone}}…{{/phone}}}</td><td>only where there is a value</td></tr>
 * <tr><td>{@code {{^phone}}…{{/phone}}}</td><td>only where there is none</td></tr>
 * <tr><td>{@code {{! note }}}</td><td>nothing</td></tr>
 * </table>
 *
 * <p>Names are matched as in a CSV header, a blank value is none, and values are never read as
 * templates. All other text goes out to the letter, with two exceptions: a line with nothing but
 * the beginning or the end of a section (or a note) leaves no empty line behind, and the line break
 * that editors put at the end of a file goes away.
 */
public final class Template {

  private final Set<String> placeholders;
  private final boolean endsWithLineBreak;
  private final com.samskivert.mustache.Template html;
  private final com.samskivert.mustache.Template plain;

  private Template(String text, Set<String> placeholders) {
    this.placeholders = placeholders;
    this.endsWithLineBreak = text.endsWith("\n");
    this.html = Filling.compiler(Escaping.HTML).compile(text);
    this.plain = Filling.compiler(Escaping.NONE).compile(text);
  }

  /**
   * A template, checked.
   *
   * @param name of the file, for messages
   * @throws IllegalArgumentException if a tag cannot be used; the message says in which line, what
   *     was found and what is expected
   */
  public static Template of(String name, String text) {
    Set<String> placeholders = Tags.names(name, text);
    try {
      return new Template(text, placeholders);
    } catch (MustacheException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }

  /** The names that are used, in the spelling of CSV columns, also those that have a default. */
  public Set<String> placeholders() {
    return placeholders;
  }

  /**
   * The text for one row. A value that is missing is told, not thrown.
   *
   * @param valuesByName names in any spelling that a CSV header may have
   */
  public Rendered render(Map<String, String> valuesByName, Escaping escaping) {
    Filling row = new Filling(valuesByName, Set.of());
    String text = (escaping == Escaping.HTML ? html : plain).execute(row);
    // Not cut from the template: its last line may be the end of a section, which takes its own.
    return new Rendered(endsWithLineBreak ? withoutLastLineBreak(text) : text, row.missing());
  }

  /**
   * Names of the placeholders that stay empty in the text for one row, whatever the unknown values
   * turn out to be. It is found in one pass, so it is not every such name: sections that depend on
   * unknown values are compared only with their own opposite.
   *
   * @param unknown names without a value that may have one later, as in {@link #placeholders}
   */
  public Set<String> certainlyMissing(Map<String, String> valuesByName, Set<String> unknown) {
    Filling row = new Filling(valuesByName, unknown);
    plain.execute(row);
    return row.missing();
  }

  private static String withoutLastLineBreak(String text) {
    if (text.endsWith("\r\n")) {
      return text.substring(0, text.length() - 2);
    }
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }
}
