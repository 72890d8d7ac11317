package io.github.smartleadbulk.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.Account;
import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.SeenAccount;
import io.github.smartleadbulk.account.SettingValue;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class UpdatePlanTest {

  private static final AccountField LIMIT = AccountField.MAX_EMAIL_PER_DAY;
  private static final AccountField BCC = AccountField.BCC;
  private static final AccountField CLIENT = AccountField.CLIENT_ID;

  private static SettingValue whole(long value) {
    return new SettingValue.Whole(value);
  }

  private static SettingValue text(String value) {
    return new SettingValue.Text(value);
  }

  private static SeenAccount seen(Map<AccountField, SettingValue> values) {
    return seen(values, values);
  }

  private static SeenAccount seen(
      Map<AccountField, SettingValue> first, Map<AccountField, SettingValue> latest) {
    return new SeenAccount(new Account(1, null, first), new Account(1, null, latest));
  }

  private static UpdatePlan plan(Map<AccountField, SettingValue> wanted, SeenAccount seen) {
    return UpdatePlan.of(wanted, seen, Expectation.none(), false);
  }

  @Test
  void whatIsAlreadySoIsLeftOut() {
    UpdatePlan plan =
        plan(
            Map.of(LIMIT, whole(40), BCC, text("a@x.com")),
            seen(Map.of(LIMIT, whole(40), BCC, new SettingValue.None())));

    assertThat(plan.toSend()).isEqualTo(Map.of(BCC, text("a@x.com")));
    assertThat(plan.before()).isEqualTo(Map.of(BCC, new SettingValue.None()));
    assertThat(plan.conflicts()).isEmpty();
  }

  @Test
  void anEmptyTextAndNoneAreTheSame() {
    assertThat(plan(Map.of(BCC, text("")), seen(Map.of(BCC, new SettingValue.None()))).toSend())
        .isEmpty();
  }

  @Test
  void whatIsNotKnownIsSent() {
    UpdatePlan unknownField = plan(Map.of(LIMIT, whole(40)), seen(Map.of()));
    assertThat(unknownField.toSend()).isEqualTo(Map.of(LIMIT, whole(40)));
    assertThat(unknownField.before()).isEmpty();
    assertThat(plan(Map.of(LIMIT, whole(40)), null).toSend()).isEqualTo(Map.of(LIMIT, whole(40)));
  }

  @Test
  void forceSendsWhatIsAlreadySo() {
    UpdatePlan plan =
        UpdatePlan.of(
            Map.of(LIMIT, whole(40)), seen(Map.of(LIMIT, whole(40))), Expectation.none(), true);

    assertThat(plan.toSend()).isEqualTo(Map.of(LIMIT, whole(40)));
    assertThat(plan.before()).isEqualTo(Map.of(LIMIT, whole(40)));
  }

  /** Killed behind a call whose answer nobody noted, a run must still know what was before. */
  @Test
  void whatBecameSoSinceTheRunFirstLookedIsSentAgainWithTheFirstValueAsBefore() {
    UpdatePlan plan =
        plan(Map.of(LIMIT, whole(40)), seen(Map.of(LIMIT, whole(30)), Map.of(LIMIT, whole(40))));

    assertThat(plan.toSend()).isEqualTo(Map.of(LIMIT, whole(40)));
    assertThat(plan.before()).isEqualTo(Map.of(LIMIT, whole(30)));
  }

  @Test
  void whatIsSoAndWasNotKnownAtFirstIsSentWithoutAValueBefore() {
    UpdatePlan plan = plan(Map.of(LIMIT, whole(40)), seen(Map.of(), Map.of(LIMIT, whole(40))));

    assertThat(plan.toSend()).isEqualTo(Map.of(LIMIT, whole(40)));
    assertThat(plan.before()).isEmpty();
  }

  @Test
  void whatSomebodyHasChangedSinceTheRunFirstLookedIsTheValueBefore() {
    UpdatePlan plan =
        plan(Map.of(LIMIT, whole(40)), seen(Map.of(LIMIT, whole(40)), Map.of(LIMIT, whole(35))));

    assertThat(plan.toSend()).isEqualTo(Map.of(LIMIT, whole(40)));
    assertThat(plan.before()).isEqualTo(Map.of(LIMIT, whole(35)));
  }

  @Test
  void anAccountThatIsNotAsPlannedIsLeftAloneAsAWhole() {
    Expectation planned = Expectation.asPlanned(Map.of(LIMIT, whole(30), BCC, text("a@x.com")));
    Map<AccountField, SettingValue> wanted = Map.of(LIMIT, whole(40), BCC, text("b@x.com"));

    UpdatePlan plan =
        UpdatePlan.of(wanted, seen(Map.of(LIMIT, whole(35), BCC, text("a@x.com"))), planned, false);

    assertThat(plan.toSend()).isEmpty();
    assertThat(plan.conflicts())
        .containsExactly("max_email_per_day was 30 when planned and is now 35");

    UpdatePlan gone = UpdatePlan.of(wanted, null, planned, false);
    assertThat(gone.toSend()).isEmpty();
    assertThat(gone.conflicts())
        .contains("max_email_per_day was 30 when planned and is now not known");

    UpdatePlan asItWas =
        UpdatePlan.of(wanted, seen(Map.of(LIMIT, whole(40), BCC, text("a@x.com"))), planned, false);
    assertThat(asItWas.toSend()).isEqualTo(Map.of(BCC, text("b@x.com")));
    assertThat(asItWas.conflicts()).isEmpty();
  }

  @Test
  void whatAPlanDidNotKnowIsSent() {
    UpdatePlan plan =
        UpdatePlan.of(
            Map.of(LIMIT, whole(40)),
            seen(Map.of(LIMIT, whole(35))),
            Expectation.asPlanned(Map.of()),
            false);

    assertThat(plan.toSend()).isEqualTo(Map.of(LIMIT, whole(40)));
  }

  @Test
  void aFieldThatSomebodyHasChangedSinceTheRunIsLeftAloneAndTheOthersArePutBack() {
    Map<AccountField, SettingValue> before = new EnumMap<>(AccountField.class);
    before.put(LIMIT, whole(30));
    before.put(BCC, text("old@x.com"));
    before.put(CLIENT, new SettingValue.None());
    Expectation left =
        Expectation.asLeftBy(
            7,
            new Changes(before, Map.of(LIMIT, whole(40), BCC, text("new@x.com"), CLIENT, whole(5))),
            EnumSet.of(LIMIT, BCC, CLIENT));
    Map<AccountField, SettingValue> wanted = Map.of(LIMIT, whole(30), BCC, text("old@x.com"));

    UpdatePlan plan =
        UpdatePlan.of(
            wanted,
            seen(Map.of(LIMIT, whole(40), BCC, text("other@x.com"), CLIENT, whole(5))),
            left,
            false);

    assertThat(plan.toSend()).isEqualTo(Map.of(LIMIT, whole(30)));
    assertThat(plan.conflicts())
        .containsExactlyInAnyOrder(
            "client_id not restored: it was empty, which cannot be restored",
            "bcc left alone: run 7 set it to \"new@x.com\" and it is now \"other@x.com\"");

    assertThat(
            UpdatePlan.of(
                    wanted, seen(Map.of(LIMIT, whole(40), BCC, text("other@x.com"))), left, true)
                .toSend())
        .isEqualTo(wanted);
  }

  @Test
  void aLimitThatIsHigherIsLeftAloneAndAllIsWell() {
    UpdatePlan higher =
        UpdatePlan.of(
            Map.of(LIMIT, whole(40), BCC, text("b@x.com")),
            seen(Map.of(LIMIT, whole(50), BCC, text("a@x.com"))),
            Expectation.onlyRaised("its present value is not known"),
            false);

    assertThat(higher.toSend()).isEqualTo(Map.of(BCC, text("b@x.com")));
    assertThat(higher.conflicts()).isEmpty();
    assertThat(higher.kept())
        .containsExactly(
            "max_email_per_day is 50, but the ramp says 40: not lowered (--allow-decrease lowers it)");
  }

  @Test
  void aLimitIsRaisedOnlyFromOneThatIsKnown() {
    Map<AccountField, SettingValue> wanted = Map.of(LIMIT, whole(40));

    UpdatePlan lower =
        UpdatePlan.of(
            wanted,
            seen(Map.of(LIMIT, whole(30))),
            Expectation.onlyRaised("its present value is not known"),
            false);
    assertThat(lower.toSend()).isEqualTo(wanted);
    UpdatePlan same =
        UpdatePlan.of(
            wanted,
            seen(Map.of(LIMIT, whole(40))),
            Expectation.onlyRaised("its present value is not known"),
            false);
    assertThat(same.toSend()).isEmpty();
    assertThat(same.conflicts()).isEmpty();
    assertThat(same.kept()).isEmpty();

    for (SeenAccount unclear :
        List.of(
            seen(Map.of()),
            seen(Map.of(LIMIT, new SettingValue.None())),
            seen(Map.of(LIMIT, whole(30)), Map.of()))) {
      UpdatePlan plan =
          UpdatePlan.of(
              wanted, unclear, Expectation.onlyRaised("its present value is not known"), false);
      assertThat(plan.toSend()).isEmpty();
      assertThat(plan.conflicts())
          .containsExactly(
              "max_email_per_day left alone: its present value is not known, so 40 might lower it"
                  + " (--allow-decrease allows that)");
    }
    assertThat(
            UpdatePlan.of(
                    wanted, null, Expectation.onlyRaised("the account is not in the list"), false)
                .conflicts())
        .containsExactly(
            "max_email_per_day left alone: the account is not in the list, so 40 might lower it"
                + " (--allow-decrease allows that)");
  }

  @Test
  void whatIsNotKnownNowIsNotPutBack() {
    Expectation left =
        Expectation.asLeftBy(
            7, new Changes(Map.of(LIMIT, whole(30)), Map.of(LIMIT, whole(40))), EnumSet.of(LIMIT));

    UpdatePlan plan = UpdatePlan.of(Map.of(LIMIT, whole(30)), null, left, false);

    assertThat(plan.toSend()).isEmpty();
    assertThat(plan.conflicts())
        .containsExactly("max_email_per_day left alone: its present value is not known");
  }
}
