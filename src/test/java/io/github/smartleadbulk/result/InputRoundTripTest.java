package io.github.smartleadbulk.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.Account;
import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.AccountUpdate;
import io.github.smartleadbulk.account.DamagedText;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.account.WorkspaceAccount;
import io.github.smartleadbulk.account.WorkspaceNames;
import io.github.smartleadbulk.account.ZeroLimit;
import io.github.smartleadbulk.input.InputFile;
import io.github.smartleadbulk.input.InputOptions;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.input.InputRows;
import io.github.smartleadbulk.input.RowVerdict;
import io.github.smartleadbulk.plan.Restoring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code before.csv} and an export are input that sets each value again, to the letter. */
final class InputRoundTripTest {

  private static final List<String> TEXTS =
      List.of(
          "Ann",
          "two\nlines\n",
          "two\r\nlines",
          "lone\rone\r",
          "\nleading break",
          "quoted \"Ann\"",
          "\"",
          "\"\"\"",
          "a,b",
          "a;b;c;d;e;f",
          "a\tb",
          " blanks ",
          "\ttabs\t",
          "\u00A0no-break\u00A0",
          "\uFEFFmark",
          "\uD83D\uDE00 \u2764\uFE0F",
          "\u2028\u2029\u0085\u000B\u000C\u001A",
          "=1+1",
          "@x",
          "-",
          "#hash",
          "'x",
          "\\",
          "\\\"",
          "\\N",
          "null",
          "0",
          "NaN",
          "<clear> or not",
          "<b style=\"color:red\">\r\n\tÄ, \"B\"; C</b>",
          "\"long\", ".repeat(100_000));

  private static final AccountField[] FIELDS = {AccountField.FROM_NAME, AccountField.SIGNATURE};

  @TempDir private Path folder;

  private Path path() {
    return folder.resolve("file.csv");
  }

  private List<AccountUpdate> read(ZeroLimit zeroLimit) throws IOException {
    InputOptions defaults = InputOptions.defaults();
    InputOptions options =
        new InputOptions(
                null, null, Set.of(), zeroLimit, defaults.duplicates(), InputOptions.USUAL_CEILING)
            .with(DamagedText.ALLOWED);
    List<AccountUpdate> updates = new ArrayList<>();
    try (InputRows rows = InputFile.open(path(), "test", options).rows()) {
      for (InputRow row = rows.read(); row != null; row = rows.read()) {
        assertThat(row.verdict()).isInstanceOf(RowVerdict.Valid.class);
        updates.add(
            new AccountUpdate(row.accountId(), ((RowVerdict.Valid) row.verdict()).valuesByField()));
      }
    }
    return updates;
  }

  private static List<Account> accounts() {
    List<Account> accounts = new ArrayList<>();
    for (int i = 0; i < TEXTS.size(); i++) {
      SettingValue text = new SettingValue.Text(TEXTS.get(i));
      for (AccountField field : FIELDS) {
        accounts.add(new Account(accounts.size() + 1, "a@example.com", Map.of(field, text)));
      }
      // Beside others, where no blank cell ends the line.
      accounts.add(
          new Account(
              accounts.size() + 1,
              null,
              Map.of(
                  AccountField.MAX_EMAIL_PER_DAY, new SettingValue.Whole(i),
                  AccountField.FROM_NAME, text,
                  AccountField.CUSTOM_TRACKING_URL, new SettingValue.Text("t.example.com"),
                  AccountField.BCC, new SettingValue.Text("=b@example.com"),
                  AccountField.SIGNATURE, text,
                  AccountField.CLIENT_ID, new SettingValue.Whole(9_007_199_254_740_991L),
                  AccountField.TIME_TO_WAIT_IN_MINS, new SettingValue.Whole(0),
                  AccountField.IS_SUSPENDED, new SettingValue.Flag(i % 2 == 0))));
    }
    return accounts;
  }

  private static List<AccountUpdate> updates() {
    return accounts().stream()
        .map(account -> new AccountUpdate(account.id(), account.valuesByField()))
        .toList();
  }

  @Test
  void valuesBefore() throws IOException {
    try (BeforeFile file =
        new BeforeFile(
            path(), Set.of(AccountField.values()), WorkspaceColumn.ABSENT, ByteOrderMark.NONE)) {
      for (Account account : accounts()) {
        Map<AccountField, String> cellsByField = new EnumMap<>(AccountField.class);
        account
            .valuesByField()
            .forEach(
                (field, value) ->
                    cellsByField.put(field, ((Restoring.Cell) Restoring.of(field, value)).cell()));
        file.append(
            new WorkspaceAccount(WorkspaceNames.DEFAULT, account.id()),
            cellsByField,
            "=message, \"quoted\"");
      }
    }

    assertThat(read(ZeroLimit.ALLOWED)).isEqualTo(updates());
  }

  @Test
  void emptyValuesBefore() throws IOException {
    try (BeforeFile file =
        new BeforeFile(
            path(), Set.of(AccountField.BCC), WorkspaceColumn.ABSENT, ByteOrderMark.NONE)) {
      Restoring empty = Restoring.of(AccountField.BCC, new SettingValue.None());
      file.append(
          new WorkspaceAccount(WorkspaceNames.DEFAULT, 1),
          Map.of(AccountField.BCC, ((Restoring.Cell) empty).cell()),
          "");
    }

    assertThat(read(ZeroLimit.REFUSED))
        .containsExactly(new AccountUpdate(1, Map.of(AccountField.BCC, new SettingValue.Text(""))));
  }

  @Test
  void exportedAccounts() throws IOException {
    try (ExportFile file =
        ExportFile.begin(
            Files.newOutputStream(path()),
            new ExportFormat(
                List.of(AccountField.values()),
                ZeroLimit.ALLOWED,
                DamagedText.ALLOWED,
                WorkspaceColumn.ABSENT),
            ByteOrderMark.NONE)) {
      for (Account account : accounts()) {
        assertThat(file.append(WorkspaceNames.DEFAULT, account)).isEmpty();
      }
    }

    assertThat(read(ZeroLimit.ALLOWED)).isEqualTo(updates());
  }
}
