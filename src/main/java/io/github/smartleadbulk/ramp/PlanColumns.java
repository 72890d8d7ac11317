package io.github.smartleadbulk.ramp;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The columns of a ramp plan. */
final class PlanColumns {

  static final String ACCOUNT_ID = "email_account_id";
  static final String FROM_EMAIL = "from_email";
  static final String WORKSPACE = "workspace";

  static final String FROM = "from";
  static final String START = "start";
  static final String STEP = "step";
  static final String EVERY = "every";
  static final String CAP = "cap";
  static final String WEEKDAYS = "weekdays";
  static final String UNTIL = "until";
  static final String PAUSE = "pause";
  static final String CURVE = "curve";

  /** The columns besides those for the account, most common first. */
  static final List<String> NAMES =
      List.of(FROM, START, STEP, EVERY, CAP, WEEKDAYS, UNTIL, PAUSE, CURVE);

  private PlanColumns() {}

  /** Which columns are missing, so that no row can be valid; empty if none is. */
  static List<String> lacking(Set<String> columns) {
    List<String> lacking = new ArrayList<>();
    if (!columns.contains(ACCOUNT_ID) && !columns.contains(FROM_EMAIL)) {
      lacking.add(
          "found no column for the account, expected email_account_id (or id, account_id)"
              + " or from_email (or email)");
    }
    if (!columns.contains(FROM)) {
      lacking.add("found no column from, expected a column with the date of the first day");
    }
    if (!columns.contains(CURVE)) {
      for (String name : List.of(START, STEP, CAP)) {
        if (!columns.contains(name)) {
          lacking.add("found no column " + name + ", expected start, step and cap, or a curve");
        }
      }
    }
    return lacking;
  }
}
