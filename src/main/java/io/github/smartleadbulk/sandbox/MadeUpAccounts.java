package io.github.smartleadbulk.sandbox;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.SettingValue;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The original values of an account, computed from its id. They are the same in every sandbox, and
 * no account takes up memory, however many there are.
 */
final class MadeUpAccounts {

  private static final List<String> FIRST_NAMES =
      List.of(
          "Anna", "Ben", "Chiara", "David", "Elif", "Felix", "Grace", "Hugo", "Ines", "Jonas",
          "Katja", "Liam", "Maya", "Noah", "Olga", "Pavel", "Quinn", "Rosa", "Sven", "Tara");

  private static final List<String> LAST_NAMES =
      List.of(
          "Adler", "Berg", "Costa", "Diaz", "Evans", "Fischer", "Garcia", "Hansen", "Ivanova",
          "Jensen", "Keller", "Lopez", "Moreau", "Novak", "Okafor", "Patel", "Rossi");

  private static final List<String> COMPANIES =
      List.of("Northwind", "Brightside", "Harbor & Pine", "Tailspin", "Lakeshore", "Fernhill");

  private static final Pattern ADDRESS = Pattern.compile("[a-z.]+\\.([1-9][0-9]{0,7})@[a-z0-9.]+");

  /** The ids that are made up for addresses have eight digits, like SmartLead's today. */
  static final int LEAST_ID_FOR_ADDRESS = 10_000_000;

  private MadeUpAccounts() {}

  static SettingValue value(long id, AccountField field) {
    return switch (field) {
      case MAX_EMAIL_PER_DAY -> new SettingValue.Whole(20 + 5L * below(id, 1, 5));
      case FROM_NAME -> new SettingValue.Text(firstName(id) + " " + lastName(id));
      case CUSTOM_TRACKING_URL ->
          below(id, 2, 3) == 0
              ? new SettingValue.None()
              : new SettingValue.Text("track." + domain(id));
      case BCC ->
          below(id, 3, 4) == 0
              ? new SettingValue.Text("crm@" + domain(id))
              : new SettingValue.None();
      case SIGNATURE -> new SettingValue.Text(signature(id));
      case CLIENT_ID ->
          below(id, 4, 8) == 0
              ? new SettingValue.None()
              : new SettingValue.Whole(301 + below(id, 5, 12));
      case TIME_TO_WAIT_IN_MINS -> new SettingValue.Whole(5 + 5L * below(id, 6, 3));
      case IS_SUSPENDED -> new SettingValue.Flag(false);
    };
  }

  /** The address of an account. No two accounts have the same one. */
  static String address(long id) {
    return (firstName(id) + "." + lastName(id) + "." + id + "@" + domain(id))
        .toLowerCase(Locale.ROOT);
  }

  /** The id of the account with this made-up address; 0 if the address is not made up. */
  static int idIn(String address) {
    Matcher matcher = ADDRESS.matcher(address.toLowerCase(Locale.ROOT));
    int id = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    return id != 0 && address(id).equalsIgnoreCase(address) ? id : 0;
  }

  /**
   * An id for an account of which only the address is known. The same address always gives the same
   * id.
   */
  static int idFor(String address) {
    int hash = address.toLowerCase(Locale.ROOT).hashCode();
    int ids = SandboxSettings.LARGEST_ID + 1 - LEAST_ID_FOR_ADDRESS;
    return LEAST_ID_FOR_ADDRESS + below(hash, 11, ids);
  }

  private static String firstName(long id) {
    return FIRST_NAMES.get(below(id, 7, FIRST_NAMES.size()));
  }

  private static String lastName(long id) {
    return LAST_NAMES.get(below(id, 8, LAST_NAMES.size()));
  }

  private static String domain(long id) {
    return "mail" + (1 + below(id, 9, 40)) + ".example.com";
  }

  /** A signature with commas, quotes and line breaks, like a real one. */
  private static String signature(long id) {
    String company = COMPANIES.get(below(id, 10, COMPANIES.size())).replace("&", "&amp;");
    return "<p>Best regards,<br>\n<b>"
        + firstName(id)
        + " "
        + lastName(id)
        + "</b>, \""
        + company
        + "\"</p>";
  }

  /** A pseudorandom number from 0 to below {@code bound}, different for every aspect. */
  private static int below(long id, int aspect, int bound) {
    long mixed = (id * 31 + aspect) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
    return (int) Long.remainderUnsigned(mixed ^ (mixed >>> 32), bound);
  }
}
