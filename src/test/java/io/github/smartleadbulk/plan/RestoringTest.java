package io.github.smartleadbulk.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.account.ZeroLimit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RestoringTest {

  private static final String EMPTY = "it was empty, which cannot be restored";

  private static Restoring cell(String cell) {
    return new Restoring.Cell(cell);
  }

  private static Restoring impossible(String why) {
    return new Restoring.Impossible(why);
  }

  private static Restoring of(AccountField field, String text) {
    return Restoring.of(field, new SettingValue.Text(text));
  }

  @ParameterizedTest
  @EnumSource(AccountField.class)
  void valueThatIsNotKnownCannotBePutBack(AccountField field) {
    assertThat(Restoring.of(field, null)).isEqualTo(impossible("its old value is not known"));
  }

  /** A field is emptied by an empty text; by null only where nothing else is known, unproved. */
  @ParameterizedTest
  @EnumSource(AccountField.class)
  void emptinessIsPutBackWhereAnEmptyTextDoes(AccountField field) {
    boolean emptyTextClears = new SettingValue.Text("").equals(field.cleared());
    Restoring expected = emptyTextClears ? cell("<clear>") : impossible(EMPTY);

    assertThat(Restoring.of(field, new SettingValue.None())).isEqualTo(expected);
    if (emptyTextClears || field == AccountField.FROM_NAME) {
      assertThat(of(field, "")).isEqualTo(expected);
    }
  }

  @Test
  void clientThatWasNoneCannotBePutBack() {
    assertThat(Restoring.of(AccountField.CLIENT_ID, new SettingValue.None()))
        .isEqualTo(impossible(EMPTY));
  }

  @Test
  void valuesAreCells() {
    assertThat(Restoring.of(AccountField.MAX_EMAIL_PER_DAY, new SettingValue.Whole(0)))
        .isEqualTo(cell("0"));
    assertThat(Restoring.of(AccountField.CLIENT_ID, new SettingValue.Whole(7)))
        .isEqualTo(cell("7"));
    assertThat(Restoring.of(AccountField.IS_SUSPENDED, new SettingValue.Flag(false)))
        .isEqualTo(cell("false"));
    assertThat(of(AccountField.SIGNATURE, " <b>Ann</b>\r\n\""))
        .isEqualTo(cell(" <b>Ann</b>\r\n\""));
  }

  /** Whatever is offered as a cell sets the value again. */
  @Test
  void everyCellSetsTheValue() {
    for (String text : List.of("", " ", "Ann", "=1", "<clear>", "a@example.com", "a.example.com")) {
      SettingValue before = new SettingValue.Text(text);
      for (AccountField field : AccountField.values()) {
        if (Restoring.of(field, before) instanceof Restoring.Cell restoring) {
          assertThat(field.parse(restoring.cell(), ZeroLimit.ALLOWED)).isEqualTo(before);
        }
      }
    }
  }

  @Test
  void valueWithoutACellIsShown() {
    assertThat(of(AccountField.FROM_NAME, " \n"))
        .isEqualTo(impossible("it was \" \\n\", which no cell can hold"));
    assertThat(of(AccountField.SIGNATURE, "<clear>"))
        .isEqualTo(impossible("it was \"<clear>\", which no cell can hold"));
    assertThat(of(AccountField.SIGNATURE, "a\0\uD800"))
        .isEqualTo(impossible("it was \"a\\u0000\\uD800\", which no cell can hold"));
    assertThat(Restoring.of(AccountField.CLIENT_ID, new SettingValue.Whole(0)))
        .isEqualTo(impossible("it was 0, which no cell can hold"));
    assertThat(of(AccountField.BCC, "x".repeat(1000)))
        .isEqualTo(
            impossible(
                "it was \"" + "x".repeat(60) + "…\" (1000 characters), which no cell can hold"));
  }
}
