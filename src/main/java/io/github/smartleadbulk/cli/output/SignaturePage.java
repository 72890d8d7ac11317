package io.github.smartleadbulk.cli.output;

import io.github.smartleadbulk.account.Account;
import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.cli.option.UsageException;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.input.RowVerdict;
import io.github.smartleadbulk.page.PreviewPage;
import io.github.smartleadbulk.template.TextLint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A signature with facts about its account and warnings.
 *
 * @param name the account, for the title
 * @param fileName the account, for the name of the file
 * @param factsByName facts about the account after the update
 */
public record SignaturePage(
    String name,
    String fileName,
    Map<String, String> factsByName,
    String signature,
    List<String> warnings) {

  /**
   * Makes the page for a row that is not invalid.
   *
   * @param account null if it was not read
   * @param asked the account as the user named it
   * @throws UsageException if the row sets no signature
   */
  public static SignaturePage of(InputRow row, @Nullable Account account, String asked) {
    Map<AccountField, SettingValue> set =
        row.verdict() instanceof RowVerdict.Valid valid ? valid.valuesByField() : Map.of();
    SettingValue signature = set.get(AccountField.SIGNATURE);
    if (signature == null) {
      throw new UsageException(
          "line "
              + row.row().line()
              + ": the row sets no signature, expected one in its cell or with --set");
    }
    Long id = account == null ? row.accountId() : Long.valueOf(account.id());
    String address = account == null ? row.fromEmail() : account.fromEmail();
    String name = address != null ? address : id != null ? id.toString() : asked;
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Account", id == null ? "not read" : id.toString());
    facts.put("Address", address == null ? "not read" : address);
    facts.put("Name", fact(AccountField.FROM_NAME, set, account));
    facts.put("Daily limit", fact(AccountField.MAX_EMAIL_PER_DAY, set, account));
    facts.put("Client", fact(AccountField.CLIENT_ID, set, account));
    return new SignaturePage(
        name,
        (id == null ? name : id.toString()).replaceAll("[^A-Za-z0-9@._-]", "_"),
        facts,
        signature.toString(),
        TextLint.check(AccountField.SIGNATURE, signature.toString()));
  }

  /** Whether the signature of the row is already known. */
  public static boolean isKnown(InputRow row) {
    return row.verdict() instanceof RowVerdict.Valid valid
        && valid.valuesByField().containsKey(AccountField.SIGNATURE);
  }

  private static String fact(
      AccountField field, Map<AccountField, SettingValue> set, @Nullable Account account) {
    SettingValue value = set.get(field);
    if (value == null && account != null) {
      value = account.valuesByField().get(field);
    }
    if (value == null) {
      return account == null ? "not read" : "not known";
    }
    return value.toString().isEmpty() ? "none" : value.toString();
  }

  public String html() {
    return PreviewPage.html("Signature of " + name, factsByName, signature, warnings);
  }
}
