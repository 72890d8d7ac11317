package io.github.smartleadbulk.sandbox;

import static io.github.smartleadbulk.sandbox.Sandbox.FIRST_ACCOUNT_ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.SettingValue;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AccountStoreTest {

  private static final int MOST = SandboxSettings.MOST_ACCOUNTS;

  private static AccountStore store(AccountFile file, int accounts) {
    return new AccountStore(SandboxSettings.Mode.OWN_ACCOUNTS, accounts, file.sharedRecords());
  }

  @Test
  void laterChangesJoinEarlierOnes() throws Exception {
    try (AccountFile file = AccountFile.open(null)) {
      AccountStore store = store(file, MOST);
      long last = FIRST_ACCOUNT_ID + MOST - 1;
      Map<AccountField, SettingValue> expected = new EnumMap<>(store.settings(last));
      apply(store, last, AccountField.MAX_EMAIL_PER_DAY, new SettingValue.Whole(1), expected);
      apply(store, last, AccountField.CLIENT_ID, new SettingValue.None(), expected);
      apply(store, last, AccountField.SIGNATURE, new SettingValue.Text(""), expected);
      apply(store, last, AccountField.MAX_EMAIL_PER_DAY, new SettingValue.Whole(2), expected);

      assertThat(store.settings(last)).isEqualTo(expected);
      assertThat(store.contains(last + 1)).isFalse();
    }
  }

  private static void apply(
      AccountStore store,
      long id,
      AccountField field,
      SettingValue value,
      Map<AccountField, SettingValue> expected)
      throws Exception {
    store.apply(id, Map.of(field, value));
    expected.put(field, value);
  }

  @Test
  void changesStayWithTheirAccount() throws Exception {
    try (AccountFile file = AccountFile.open(null)) {
      AccountStore store = store(file, 20_000);
      for (int i = 0; i < 20_000; i += 3) {
        store.apply(
            FIRST_ACCOUNT_ID + i,
            Map.of(AccountField.FROM_NAME, new SettingValue.Text("Name " + i)));
      }
      for (int i = 0; i < 20_000; i++) {
        long id = FIRST_ACCOUNT_ID + i;
        assertThat(store.setting(id, AccountField.FROM_NAME))
            .isEqualTo(
                i % 3 == 0
                    ? new SettingValue.Text("Name " + i)
                    : MadeUpAccounts.value(id, AccountField.FROM_NAME));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(AccountField.class)
  void madeUpValuesAreTheSameEveryTimeAndDifferAmongAccounts(AccountField field) {
    Set<SettingValue> values = new HashSet<>();
    for (long id = FIRST_ACCOUNT_ID; id < FIRST_ACCOUNT_ID + 1_000; id++) {
      SettingValue value = MadeUpAccounts.value(id, field);
      assertThat(MadeUpAccounts.value(id, field)).isEqualTo(value);
      values.add(value);
    }
    assertThat(values).hasSizeGreaterThan(field == AccountField.IS_SUSPENDED ? 0 : 2);
  }

  @Test
  void noTwoAccountsHaveOneAddress() {
    Set<String> addresses = new HashSet<>();
    for (long id = FIRST_ACCOUNT_ID; id < FIRST_ACCOUNT_ID + 10_000; id++) {
      addresses.add(MadeUpAccounts.address(id));
    }
    assertThat(addresses)
        .hasSize(10_000)
        .allMatch(address -> address.matches("[a-z0-9.]+@[a-z0-9.]+"));
  }
}
