package io.github.smartleadbulk.account;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a SmartLead email account that can be changed. Only this type knows the name of a
 * field in CSV, requests and answers, which values it accepts and how to empty it.
 *
 * <p>Names and types come from SmartLead's reference for {@code POST /email-accounts/{id}} and
 * {@code GET /email-accounts/}. If a request has an unknown name, the server refuses the whole row.
 */
public enum AccountField {
  MAX_EMAIL_PER_DAY(
      "max_email_per_day",
      "message_per_day",
      CellType.DAILY_LIMIT,
      null,
      "message_per_day",
      "daily_limit"),
  FROM_NAME("from_name", "from_name", CellType.NAME, null),
  CUSTOM_TRACKING_URL(
      "custom_tracking_url",
      "custom_tracking_domain",
      CellType.HOST,
      new SettingValue.Text(""),
      "custom_tracking_domain",
      "tracking_domain",
      "tracking_url"),
  BCC(
      "bcc",
      "bcc_email",
      CellType.MAIL_ADDRESS,
      new SettingValue.Text(""),
      "bcc_email",
      "bcc_address"),
  SIGNATURE("signature", "signature", CellType.HTML, new SettingValue.Text(""), "email_signature"),
  CLIENT_ID("client_id", "client_id", CellType.ID, new SettingValue.None()),
  TIME_TO_WAIT_IN_MINS(
      "time_to_wait_in_mins",
      "minTimeToWaitInMins",
      CellType.MINUTES,
      null,
      "min_time_to_wait_in_mins"),
  IS_SUSPENDED("is_suspended", "is_suspended", CellType.FLAG, null, "suspended");

  /** A cell with exactly this text empties a setting that can be emptied. */
  public static final String CLEAR = "<clear>";

  private static final Map<String, AccountField> FIELDS_BY_NAME = by(AccountField::apiName);

  private static final Map<String, AccountField> FIELDS_BY_ANSWER_NAME =
      by(AccountField::answerName);

  private final String apiName;
  private final String answerName;
  private final CellType type;
  private final @Nullable SettingValue cleared;
  private final List<String> otherColumns;

  AccountField(
      String apiName,
      String answerName,
      CellType type,
      @Nullable SettingValue cleared,
      String... otherColumns) {
    this.apiName = apiName;
    this.answerName = answerName;
    this.type = type;
    this.cleared = cleared;
    this.otherColumns = List.of(otherColumns);
  }

  private static Map<String, AccountField> by(Function<AccountField, String> name) {
    return Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(name, field -> field));
  }

  /** The field with this name in requests. */
  public static @Nullable AccountField find(String apiName) {
    return FIELDS_BY_NAME.get(apiName);
  }

  /** The field with this name in answers. */
  public static @Nullable AccountField findInAnswer(String name) {
    // Other kinds of answers use the request name for the waiting time.
    return name.equals(TIME_TO_WAIT_IN_MINS.apiName)
        ? TIME_TO_WAIT_IN_MINS
        : FIELDS_BY_ANSWER_NAME.get(name);
  }

  /** The request names of all fields, for messages. */
  public static String list() {
    return Arrays.stream(values()).map(AccountField::apiName).collect(Collectors.joining(", "));
  }

  /** The name in requests, which is also the name of the CSV column. */
  public String apiName() {
    return apiName;
  }

  /** The name in answers with the account list. */
  public String answerName() {
    return answerName;
  }

  /** Aliases of the CSV column, spelled like {@link #apiName()}. */
  public List<String> otherColumns() {
    return otherColumns;
  }

  /** Whether the value is sent as text. */
  public boolean isText() {
    return type.isText;
  }

  public boolean isHtml() {
    return type == CellType.HTML;
  }

  /** Whether the value is the name of a person or company. */
  public boolean isName() {
    return type == CellType.NAME;
  }

  /** Whether the value limits how many messages the account sends per day. */
  public boolean isDailyLimit() {
    return type == CellType.DAILY_LIMIT;
  }

  /** Whether the account list has the field. */
  public boolean isToldByList() {
    return this != IS_SUSPENDED;
  }

  public boolean isClearable() {
    return cleared != null;
  }

  /** The value that empties the setting, or null if no value is known to do so. */
  public @Nullable SettingValue cleared() {
    return cleared;
  }

  /**
   * The value that a cell sets.
   *
   * @param cell a cell that is not blank; a blank cell leaves the setting alone
   * @return the value, or null if the cell is invalid; {@link #expected} says what is valid
   */
  public @Nullable SettingValue parse(String cell, ZeroLimit zeroLimit) {
    if (cell.equals(CLEAR)) {
      return cleared;
    }
    // Nobody wants to send "<Clear>" or " <clear> " to a customer as text.
    if (Cells.stripped(cell).equalsIgnoreCase(CLEAR)) {
      return null;
    }
    return type.parse(cell, zeroLimit);
  }

  /**
   * The cell that sets exactly this value.
   *
   * @return null if no cell does, for example because the value is blank and cannot be cleared, or
   *     because it was never set through the API
   */
  public @Nullable String cell(SettingValue value) {
    String cell = cleared != null && isSame(value, cleared) ? CLEAR : value.toString();
    if (Cells.isBlank(cell) || !Cells.isWritable(cell)) {
      return null;
    }
    SettingValue set = parse(cell, ZeroLimit.ALLOWED);
    return set != null && normal(set).equals(normal(value)) ? cell : null;
  }

  /**
   * Whether two values mean the same. A missing text equals an empty one. For a host, the scheme, a
   * final slash and case do not matter.
   */
  public boolean isSame(SettingValue one, SettingValue other) {
    return type.compared(normal(one)).equals(type.compared(normal(other)));
  }

  private SettingValue normal(SettingValue value) {
    return value instanceof SettingValue.None && cleared != null ? cleared : value;
  }

  /**
   * The value in an API answer.
   *
   * @param scalar a Long, a String, a Boolean, or null for {@code null} in the answer
   * @return null if the scalar does not have the field's type, or is {@code null} for a flag; the
   *     value is then unknown, as if the answer did not have the field
   */
  public @Nullable SettingValue ofAnswer(@Nullable Object scalar) {
    if (scalar == null) {
      return type == CellType.FLAG ? null : new SettingValue.None();
    }
    return type.ofAnswer(scalar);
  }

  /**
   * The most likely cause of an invalid cell and how to correct it, to append to {@link #expected};
   * empty if no cause is known.
   */
  public String hint(String cell) {
    return type.hint(cell);
  }

  /** What a cell of this column may hold, to follow "expected" in a message. */
  public String expected(ZeroLimit zeroLimit) {
    String value = type.expected(zeroLimit);
    return isClearable() ? value + ", or exactly " + CLEAR : value;
  }
}
