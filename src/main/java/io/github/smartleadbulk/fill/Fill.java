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
 * What every row sets a field to.
 *
 * @param name what messages call the text
 * @param text as it was given; kept with the run
 * @param template the same, to be filled
 */
public record Fill(AccountField field, String name, String text, Template template) {

  private static final Pattern TAG = Pattern.compile("\\{\\{\\{?\\s*[#^/&]?([^{}|]*)");

  /**
   * A text, checked.
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
   * What a constant is worth is known before there is a row.
   *
   * @throws IllegalArgumentException if no row could ever set this text
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

  /** Where a placeholder stands, for messages. */
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
