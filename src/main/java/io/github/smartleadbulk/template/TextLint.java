package io.github.smartleadbulk.template;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.account.TextDamage;
import io.github.smartleadbulk.account.TextDoubt;
import java.util.ArrayList;
import java.util.List;

/**
 * Says what in a text that would go out is likely not meant so, whichever field it is for. Texts
 * that are certainly damaged come here only where the user lets them pass.
 */
public final class TextLint {

  private TextLint() {}

  /** Warnings, each of which says what was found and what is expected. */
  public static List<String> check(AccountField field, String text) {
    List<String> warnings = new ArrayList<>();
    TextDamage.Found damage = TextDamage.find(text);
    boolean isPlaceholder = damage != null && damage.damage() == TextDamage.PLACEHOLDER;
    // The lint of signatures says that in its own words.
    if (damage != null && !(isPlaceholder && field.isHtml())) {
      warnings.add(
          "found " + Cells.shown(damage.excerpt()) + ", expected a whole text: " + damage.mend());
    }
    warnings.addAll(TextDoubt.find(field, text));
    if (field.isHtml()) {
      warnings.addAll(SignatureLint.check(text));
    }
    return warnings;
  }
}
