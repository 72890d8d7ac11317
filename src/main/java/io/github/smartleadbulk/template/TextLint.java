package io.github.smartleadbulk.template;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.account.TextDamage;
import io.github.smartleadbulk.account.TextDoubt;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds likely mistakes in a text of any field before it is sent. Texts that are certainly damaged
 * get here only if the user allows them.
 */
public final class TextLint {

  private TextLint() {}

  /** The warnings. Each says what was found and what is expected. */
  public static List<String> check(AccountField field, String text) {
    List<String> warnings = new ArrayList<>();
    TextDamage.Found damage = TextDamage.find(text);
    boolean isPlaceholder = damage != null && damage.damage() == TextDamage.PLACEHOLDER;
    // The signature lint has its own message for this.
    if (damage != null && !(isPlaceholder && field.isHtml())) {
      warnings.add(
          "found "
              + Cells.shown(damage.excerpt())
              + ", expected an undamaged text: "
              + damage.mend());
    }
    warnings.addAll(TextDoubt.find(field, text));
    if (field.isHtml()) {
      warnings.addAll(SignatureLint.check(text));
    }
    return warnings;
  }
}
