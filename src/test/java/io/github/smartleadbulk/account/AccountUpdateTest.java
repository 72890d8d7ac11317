package io.github.smartleadbulk.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AccountUpdateTest {

  private static final Map<AccountField, SettingValue> BCC =
      Map.of(AccountField.BCC, new SettingValue.Text(""));

  @Test
  void fieldsAreInTheOrderOfTheirDeclarationAndStayAsTheyAre() {
    Map<AccountField, SettingValue> given = new EnumMap<>(AccountField.class);
    given.put(AccountField.IS_SUSPENDED, new SettingValue.Flag(true));
    given.put(AccountField.FROM_NAME, new SettingValue.Text("Ann"));
    AccountUpdate update = new AccountUpdate(7, given);
    given.clear();

    assertThat(update.valuesByField().keySet())
        .containsExactly(AccountField.FROM_NAME, AccountField.IS_SUSPENDED);
    assertThatThrownBy(() -> update.valuesByField().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void updateOfNothingOrOfNobodyIsRefused() {
    assertThatThrownBy(() -> new AccountUpdate(0, BCC))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("account id 0 is not positive");
    assertThatThrownBy(() -> new AccountUpdate(7, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("account 7: no field is set");
  }

  @Test
  void valuesAreSpelledAsPeopleWouldSpellThem() {
    assertThat(new SettingValue.Whole(40)).hasToString("40");
    assertThat(new SettingValue.Text(" a ")).hasToString(" a ");
    assertThat(new SettingValue.Flag(false)).hasToString("false");
    assertThat(new SettingValue.None()).hasToString("");
  }

  @Test
  void statusesAreSpelledAsFilesHaveThem() {
    assertThat(RowStatus.values())
        .extracting(RowStatus::toString)
        .containsExactly(
            "updated", "unchanged", "kept", "skipped", "invalid", "failed", "uncertain");
    assertThat(RowStatus.values())
        .filteredOn(RowStatus::needsAttention)
        .containsExactly(RowStatus.INVALID, RowStatus.FAILED, RowStatus.UNCERTAIN);
  }

  @Test
  void problemSaysWhereWhatAndWhatElse() {
    assertThat(new RowProblem("bcc", "\"x\"", "an address"))
        .hasToString("bcc: found \"x\", expected an address");
    assertThat(new RowProblem("", "1 cell", "2")).hasToString("found 1 cell, expected 2");
  }
}
