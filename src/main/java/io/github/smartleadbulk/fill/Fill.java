package io.github.smartleadbulk.fill;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.account.ColumnName;
import io.github.smartleadbulk.input.InputOptions;
import io.github.smartleadbulk.template.Escaping;
import io.github.smartleadbulk.template.Rendered;
import io.github.smartleadbulk.template.Template;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text to which every row sets a field.
 *
 * @param name the name of the text in messages
 * @param text the text as given; it is stored with the run
 * @param template the text as a template
 */
public record Fill(AccountField field, String name, String text, Template template) {

  private static final Pattern TAG = Pattern.compile("\\{\\{\\{?\\s*[#^/&]?([^{}|]*)");

  /**
   * Checks a text.
   *
   * @throws IllegalArgumentException if the text has a tag that cannot be used
   */
  public static Fill of(AccountField field, String name, String text) {
    if (!Cells.isWritable(text)) {
      throw new IllegalArgumentException(name + ": found a NUL, expected text");
    }
    return new Fill(field, name, text, Template.of(name, text));
  }

  /**
   * Checks a text without placeholders, which is the same for every row.
   *
   * @throws IllegalArgumentException if no row can set this text
   */
  void checkConstant(InputOptions input) {
    if (!template.placeholders().isEmpty()) {
      return;
    }
    String constant = render(Map.of()).text();
    if (Cells.isBlank(constant) || input.parse(field, constant) == null) {
      throw new IllegalArgumentException(
          name + ": " + input.problem("", field, constant).sentence());
    }
  }

  Rendered render(Map<String, String> valuesByName) {
    return template.render(valuesByName, field.isHtml() ? Escaping.HTML : Escaping.NONE);
  }

  /** The position of a placeholder, for messages. */
  String place(String placeholder) {
    Matcher tag = TAG.matcher(text);
    while (tag.find()) {
      if (ColumnName.normalized(tag.group(1)).equals(placeholder)) {
        return name + ", line " + text.substring(0, tag.start()).split("\n", -1).length;
      }
    }
    return name;
  }
}
