package io.github.smartleadbulk.plan;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.SettingValue;
import org.jspecify.annotations.Nullable;

/** The cell that puts a value back, or why none does. */
public sealed interface Restoring {

  /** The field can be put back. */
  record Cell(String cell) implements Restoring {}

  /**
   * The field cannot be put back.
   *
   * @param why to stand behind the field's name
   */
  record Impossible(String why) implements Restoring {}

  /**
   * What puts the value back.
   *
   * @param before null where it is not known
   */
  static Restoring of(AccountField field, @Nullable SettingValue before) {
    if (before == null) {
      return new Impossible("its value before is not known");
    }
    // A null in a request is no sure way to empty a field: nothing may rely on it unasked.
    boolean onlyNullEmpties =
        before instanceof SettingValue.None && field.cleared() instanceof SettingValue.None;
    String cell = onlyNullEmpties ? null : field.cell(before);
    if (cell != null) {
      return new Cell(cell);
    }
    return new Impossible(
        before.toString().isEmpty()
            ? "it was empty, which cannot be written back"
            : "it was "
                + Difference.of(null, before).after()
                + ", which cannot be written as a cell");
  }
}
