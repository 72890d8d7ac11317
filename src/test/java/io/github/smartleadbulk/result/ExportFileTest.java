package io.github.smartleadbulk.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.Account;
import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.DamagedText;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.account.ZeroLimit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The file as text; that it reads back to the letter, {@link InputRoundTripTest} sees to. */
final class ExportFileTest {

  private static final List<AccountField> ALL = List.of(AccountField.values());

  private final List<String> messages = new ArrayList<>();

  private String export(List<AccountField> fields, ZeroLimit zeroLimit, Account... accounts)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ExportFile file =
        ExportFile.begin(
            out,
            new ExportFormat(fields, zeroLimit, DamagedText.REFUSED, WorkspaceColumn.ABSENT),
            ByteOrderMark.NONE)) {
      for (Account account : accounts) {
        messages.addAll(file.append("acme", account));
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static Account text(AccountField field, String text) {
    return new Account(5, null, Map.of(field, new SettingValue.Text(text)));
  }

  @Test
  void everyFieldInTheGivenOrder() throws IOException {
    Account account =
        new Account(
            5,
            "a@example.com",
            Map.of(
                AccountField.MAX_EMAIL_PER_DAY, new SettingValue.Whole(40),
                AccountField.FROM_NAME, new SettingValue.Text("=Ann"),
                AccountField.CUSTOM_TRACKING_URL, new SettingValue.Text("t.example.com"),
                AccountField.BCC, new SettingValue.Text("b@example.com"),
                AccountField.SIGNATURE, new SettingValue.Text("<b>Änn</b>,\n"),
                AccountField.CLIENT_ID, new SettingValue.Whole(7),
                AccountField.TIME_TO_WAIT_IN_MINS, new SettingValue.Whole(0),
                AccountField.IS_SUSPENDED, new SettingValue.Flag(false)));

    assertThat(export(ALL, ZeroLimit.REFUSED, account))
        .isEqualTo(
            """
            email_account_id,from_email,max_email_per_day,from_name,custom_tracking_url,bcc,\
            signature,client_id,time_to_wait_in_mins,is_suspended
            5,a@example.com,40,=Ann,t.example.com,b@example.com,"<b>Änn</b>,
            ",7,0,false
            """);
    assertThat(
            export(
                List.of(AccountField.CLIENT_ID, AccountField.FROM_NAME),
                ZeroLimit.REFUSED,
                account))
        .isEqualTo(
            """
            email_account_id,from_email,client_id,from_name
            5,a@example.com,7,=Ann
            """);
    assertThat(messages).isEmpty();
  }

  @Test
  void whatIsEmptyOrUnknownIsBlankWithoutAWord() throws IOException {
    assertThat(
            export(
                List.of(AccountField.FROM_NAME, AccountField.CLIENT_ID),
                ZeroLimit.REFUSED,
                new Account(5, null, Map.of()),
                new Account(6, "", Map.of(AccountField.CLIENT_ID, new SettingValue.None())),
                new Account(7, null, Map.of(AccountField.FROM_NAME, new SettingValue.None())),
                text(AccountField.FROM_NAME, "")))
        .isEqualTo("email_account_id,from_email,from_name,client_id\n5,,,\n6,,,\n7,,,\n5,,,\n");
    assertThat(messages).isEmpty();
  }

  @Test
  void valueThatNoCellHoldsIsBlankAndSaid() throws IOException {
    assertThat(
            export(
                List.of(AccountField.SIGNATURE, AccountField.CUSTOM_TRACKING_URL),
                ZeroLimit.REFUSED,
                text(AccountField.SIGNATURE, "\u00A0\n"),
                text(AccountField.SIGNATURE, "<Clear>"),
                text(AccountField.SIGNATURE, "a\0\uD800"),
                text(AccountField.CUSTOM_TRACKING_URL, "t.example.com/x")))
        .isEqualTo(
            "email_account_id,from_email,signature,custom_tracking_url\n" + "5,,,\n".repeat(4));
    assertThat(messages)
        .containsExactly(
            "account 5: signature is blank text, which a cell cannot hold",
            "account 5: signature is \"<Clear>\", which a cell cannot hold",
            "account 5: signature is \"a\\u0000\\uD800\", which a cell cannot hold",
            "account 5: custom_tracking_url is \"t.example.com/x\", which a cell cannot hold");
  }

  @Test
  void limitOfZeroIsThereOnlyWhereItMayBeReadBack() throws IOException {
    Account zero =
        new Account(5, null, Map.of(AccountField.MAX_EMAIL_PER_DAY, new SettingValue.Whole(0)));
    List<AccountField> fields = List.of(AccountField.MAX_EMAIL_PER_DAY);

    assertThat(export(fields, ZeroLimit.ALLOWED, zero)).endsWith("\n5,,0\n");
    assertThat(messages).isEmpty();
    assertThat(export(fields, ZeroLimit.REFUSED, zero)).endsWith("\n5,,\n");
    assertThat(messages)
        .containsExactly(
            "account 5: max_email_per_day is 0, which a cell can hold only with --allow-zero");
  }

  @Test
  void addressThatIsNoneIsBlankAndSaid() throws IOException {
    assertThat(
            export(
                List.of(AccountField.BCC),
                ZeroLimit.REFUSED,
                new Account(5, "Ann <a@example.com>", Map.of())))
        .endsWith("\n5,,\n");
    assertThat(messages)
        .containsExactly(
            "account 5: from_email is \"Ann <a@example.com>\", which is not an email address");
  }
}
