package io.github.smartleadbulk.plan;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.SettingValue;
import org.jspecify.annotations.Nullable;

/** The cell that restores a value, or the reason why no cell can. */
public sealed interface Restoring {

  /** The field can be restored. */
  record Cell(String cell) implements Restoring {}

  /**
   * The field cannot be restored.
   *
   * @param why the reason, to follow the name of the field
   */
  record Impossible(String why) implements Restoring {}

  /**
   * Finds the cell that restores a value.
   *
   * @param before null if it is not known
   */
  static Restoring of(AccountField field, @Nullable SettingValue before) {
    if (before == null) {
      return new Impossible("its old value is not known");
    }
    // A null in a request does not reliably empty a field, so only a user may choose to send it.
    boolean onlyNullEmpties =
        before instanceof SettingValue.None && field.cleared() instanceof SettingValue.None;
    String cell = onlyNullEmpties ? null : field.cell(before);
    if (cell != null) {
      return new Cell(cell);
    }
    return new Impossible(
        before.toString().isEmpty()
            ? "it was empty, which cannot be restored"
            : "it was " + Difference.of(null, before).after() + ", which no cell can hold");
  }
}
