package io.github.smartleadbulk.template;

import com.samskivert.mustache.MustacheException;
import java.util.Map;
import java.util.Set;

/**
 * A text to fill with the values of a row.
 *
 * <table>
 * <caption>What a template may hold</caption>
 * <tr><td>{@code {{first_name}}}</td><td>the value; the row is invalid without one</td></tr>
 * <tr><td>{@code {{first_name|there}}}</td>
 *     <td>the value or, without one, the text after the bar, which may be empty</td></tr>
 * <tr><td>{@code {{{first_name}}}}, {@code {{&first_name}}}</td>
 *     <td>the value, never escaped</td></tr>
 * <tr><td>{@code {{#phone}}…{{/phone}}}</td>
 *     <td>the text between the tags if there is a value</td></tr>
 * <tr><td>{@code {{^phone}}…{{/phone}}}</td>
 *     <td>the text between the tags if there is no value</td></tr>
 * <tr><td>{@code {{! note }}}</td><td>nothing</td></tr>
 * </table>
 *
 * <p>Names match as in a CSV header, a blank value counts as no value, and values are never read as
 * templates. All other text stays exactly as it is, with two exceptions. A line that holds only the
 * start or end of a section, or a note, leaves no empty line. The line break at the end of the
 * file, which editors add, is dropped.
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
   * Checks a template.
   *
   * @param name the name of the file, for messages
   * @throws IllegalArgumentException if a tag cannot be used; the message names the line and says
   *     what was found and what is expected
   */
  public static Template of(String name, String text) {
    Set<String> placeholders = Tags.names(name, text);
    try {
      return new Template(text, placeholders);
    } catch (MustacheException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }

  /** The names in the template, spelled like CSV columns, including those with a default. */
  public Set<String> placeholders() {
    return placeholders;
  }

  /**
   * Fills the template for one row. The result names missing values; they are not an exception.
   *
   * @param valuesByName the values by name, in any spelling that a CSV header may have
   */
  public Rendered render(Map<String, String> valuesByName, Escaping escaping) {
    Filling row = new Filling(valuesByName, Set.of());
    String text = (escaping == Escaping.HTML ? html : plain).execute(row);
    // This cannot be done in the template: if its last line ends a section, the engine removes that
    // line break.
    return new Rendered(endsWithLineBreak ? withoutLastLineBreak(text) : text, row.missing());
  }

  /**
   * The placeholders that stay empty for a row, whatever the unknown values are. One pass finds
   * most of them but not all: it compares a section that depends on an unknown value only with its
   * opposite.
   *
   * @param unknown names, as in {@link #placeholders}, that may get a value later
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
