package io.github.smartleadbulk.input;

import io.github.smartleadbulk.account.ColumnName;
import io.github.smartleadbulk.input.Column.PassedOver.Why;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Columns that occur in users' CSVs but are not settings of the endpoint. The names are normalised.
 * The comments say where the columns come from.
 */
final class ForeignColumns {

  /** Prefixes of columns for mail servers and warm-up, which are too many to list. */
  private static final Set<String> SERVERS = Set.of("smtp_", "imap_");

  private static final String WARM_UP = "warmup";

  private static final Set<String> OF_WARM_UP =
      names(
          // SmartLead's mailbox template.
          "total_warmup_per_day daily_rampup rampup_increment reply_rate_percentage"
              // The Instantly family's names begin with warmup.
              + " is_warmup_blocked");

  private static final Set<String> OTHERS =
      names(
          // SmartLead's mailbox template.
          "user_name password different_reply_to_address imap_user_name"
              // The Instantly family.
              + " first_name last_name username app_password"
              // SmartLead's API: the list of accounts.
              + " created_at updated_at user_id is_smtp_success is_imap_success"
              + " is_different_imap_account type daily_sent_count campaign_count"
              + " dns_validation_status tags email_tags"
              // Google Admin.
              + " password_hash_function org_unit_path new_primary_email recovery_email"
              + " home_secondary_email work_secondary_email recovery_phone work_phone home_phone"
              + " mobile_phone work_address home_address employee_id employee_type employee_title"
              + " manager_email department cost_center building_id floor_name floor_section"
              + " change_password_at_next_sign_in new_status new_licenses status last_sign_in"
              + " email_usage drive_usage photos_usage storage_limit storage_used total_storage"
              + " licenses 2sv_enrolled"
              + " 2sv_enforced advanced_protection_program_enrollment");

  private ForeignColumns() {}

  /** The meaning of the column, or null if its name is not known. */
  static @Nullable Column find(String normalized) {
    String name = normalized.replace('.', '_').replace('/', '_');
    if (name.startsWith(WARM_UP) || OF_WARM_UP.contains(name)) {
      return new Column.PassedOver(normalized, Why.WARM_UP);
    }
    return OTHERS.contains(name) || SERVERS.stream().anyMatch(name::startsWith)
        ? new Column.PassedOver(normalized, Why.NO_SETTING)
        : null;
  }

  private static Set<String> names(String separatedByBlanks) {
    return Arrays.stream(separatedByBlanks.split(" "))
        .map(ColumnName::normalized)
        .collect(Collectors.toUnmodifiableSet());
  }
}
