package io.github.smartleadbulk.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.AccountRow;
import io.github.smartleadbulk.account.AccountUpdate;
import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.account.WorkspaceNames;
import io.github.smartleadbulk.api.Answer;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.input.RowVerdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowOutcomesTest {

  private static final String KEPT = "max_email_per_day is 50, but the ramp says 40: not lowered";

  private static RowOutcome accepted(List<String> conflicts, List<String> kept) {
    Map<AccountField, SettingValue> values =
        Map.of(AccountField.FROM_NAME, new SettingValue.Text("Anna"));
    InputRow row =
        new InputRow(
            new AccountRow(1, 2, List.of("4", "40", "Anna")),
            new RowVerdict.Valid(values),
            4L,
            null,
            WorkspaceNames.DEFAULT);
    return RowOutcomes.of(
            new PlannedRow.ToSend(
                row,
                new AccountUpdate(4, values),
                null,
                new Changes(Map.of(), values),
                conflicts,
                kept),
            new Answer.Accepted(200, 1),
            Instant.EPOCH)
        .orElseThrow();
  }

  /** Something was changed, so the row is updated, and the message says what was not. */
  @Test
  void aRowThatKeepsItsLimitAndSetsSomethingElseIsUpdated() {
    RowOutcome outcome = accepted(List.of(), List.of(KEPT));

    assertThat(outcome.status()).isEqualTo(RowStatus.UPDATED);
    assertThat(outcome.changedFields()).containsExactly("from_name");
    assertThat(outcome.message()).isEqualTo(KEPT);
    assertThat(accepted(List.of(), List.of()).message()).isEmpty();
  }

  @Test
  void aRowThatMustNotSetSomethingElseFailsAndTellsBoth() {
    RowOutcome outcome = accepted(List.of("bcc left alone"), List.of(KEPT));

    assertThat(outcome.status()).isEqualTo(RowStatus.FAILED);
    assertThat(outcome.message()).isEqualTo("bcc left alone; " + KEPT);
  }
}
