package io.github.smartleadbulk.sandbox;

import io.github.smartleadbulk.account.Account;
import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.SettingValue;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An account as in SmartLead's answers, including fields that a client should ignore. */
final class AccountJson {

  /** The start of every made-up mailbox password, so that tests can search for leaks. */
  static final String PASSWORD_START = "sandbox-mailbox-password-";

  private static final JsonMapper JSON = JsonMapper.shared();

  /** SmartLead sometimes answers numbers as text. Here, every tenth account does. */
  private static final int NUMBERS_AS_TEXT = 10;

  private static final int ABSENT_BCC = 7;

  private AccountJson() {}

  /**
   * In the list, keys can be missing. Here, every seventh account without a BCC address has no such
   * key.
   */
  static ObjectNode ofList(Account account) {
    ObjectNode row = json(account);
    String bcc = AccountField.BCC.answerName();
    if (account.id() % ABSENT_BCC == 0 && row.path(bcc).asString("").isEmpty()) {
      row.remove(bcc);
    }
    return row;
  }

  /** The answer for a single account lacks the waiting time. */
  static ObjectNode ofOne(Account account) {
    ObjectNode one = json(account);
    one.remove(AccountField.TIME_TO_WAIT_IN_MINS.answerName());
    return one;
  }

  private static ObjectNode json(Account shown) {
    long id = shown.id();
    String address = shown.fromEmail();
    ObjectNode account = JSON.createObjectNode();
    account.put("id", id).put("created_at", "2025-03-01T09:00:00.000Z");
    account.put("updated_at", "2025-11-01T09:00:00.000Z").put("user_id", 4711);
    account.put("from_email", address).put("username", address);
    account.put("password", PASSWORD_START + id).put("smtp_host", "smtp.example.com");
    account.put("smtp_port", 587).put("smtp_port_type", "TLS");
    account.put("imap_username", address).put("imap_password", PASSWORD_START + id);
    account.put("imap_host", "imap.example.com").put("imap_port", 993);
    account.put("is_smtp_success", true).put("is_imap_success", true).put("type", "SMTP");
    account.put("daily_sent_count", id % 17).put("campaign_count", id % 3);
    account.putObject("warmup_details").put("status", "ACTIVE").put("warmup_reputation", "100%");
    shown.valuesByField().forEach((field, value) -> putAnswer(account, id, field, value));
    return account;
  }

  private static void putAnswer(
      ObjectNode account, long id, AccountField field, SettingValue value) {
    if (!field.isToldByList()) {
      // No sample of SmartLead's answers says whether an account is suspended.
      return;
    }
    if (field.isDailyLimit() && id % NUMBERS_AS_TEXT == 0) {
      account.put(field.answerName(), value.toString());
    } else {
      account.set(field.answerName(), JSON.valueToTree(value.json()));
    }
  }
}
