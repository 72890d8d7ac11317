package io.github.smartleadbulk.account;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a SmartLead email account that can be changed: the one place that knows what a
 * field is called in CSV, in requests and in answers, what it may hold and how it is emptied.
 *
 * <p>Names and types come from SmartLead's reference of {@code POST /email-accounts/{id}} and of
 * {@code GET /email-accounts/}; an unknown name in a request makes the server refuse the whole row.
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

  /** A cell of exactly this empties a setting that can be emptied. */
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

  /** The field that an answer has under this name. */
  public static @Nullable AccountField findInAnswer(String name) {
    // The gap has also been seen under its name in requests, in answers of another kind.
    return name.equals(TIME_TO_WAIT_IN_MINS.apiName)
        ? TIME_TO_WAIT_IN_MINS
        : FIELDS_BY_ANSWER_NAME.get(name);
  }

  /** The names in requests, for a message. */
  public static String list() {
    return Arrays.stream(values()).map(AccountField::apiName).collect(Collectors.joining(", "));
  }

  /** The name in requests, which is also the name of the CSV column. */
  public String apiName() {
    return apiName;
  }

  /** The name in the account list's answers. */
  public String answerName() {
    return answerName;
  }

  /** Other names that the CSV column may have, in the same spelling as {@link #apiName()}. */
  public List<String> otherColumns() {
    return otherColumns;
  }

  /** Whether it is sent as text. */
  public boolean isText() {
    return type.isText;
  }

  public boolean isHtml() {
    return type == CellType.HTML;
  }

  /** Whether it is a person's or a company's name. */
  public boolean isName() {
    return type == CellType.NAME;
  }

  /** Whether it says how many messages the account sends a day. */
  public boolean isDailyLimit() {
    return type == CellType.DAILY_LIMIT;
  }

  /** Whether the account list tells it. */
  public boolean isToldByList() {
    return this != IS_SUSPENDED;
  }

  public boolean isClearable() {
    return cleared != null;
  }

  /** What empties the setting, or null where nothing is known to. */
  public @Nullable SettingValue cleared() {
    return cleared;
  }

  /**
   * The value that a cell sets.
   *
   * @param cell not blank: a blank cell leaves the setting alone and is nobody's value
   * @return the value, or null where the cell is invalid; {@link #expected} says what it should be
   */
  public @Nullable SettingValue parse(String cell, ZeroLimit zeroLimit) {
    if (cell.equals(CLEAR)) {
      return cleared;
    }
    // "<Clear>" or " <clear> " is no text that anybody wants in front of a customer.
    if (Cells.stripped(cell).equalsIgnoreCase(CLEAR)) {
      return null;
    }
    return type.parse(cell, zeroLimit);
  }

  /**
   * The cell that sets exactly this value.
   *
   * @return null where no cell does: a value that is blank and cannot be cleared, for instance, or
   *     one that was never put in through the API
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
   * Whether an account is the same with either value: a text that is not there is an empty one, and
   * a host is the same with a scheme, a last slash or other letter case.
   */
  public boolean isSame(SettingValue one, SettingValue other) {
    return type.compared(normal(one)).equals(type.compared(normal(other)));
  }

  private SettingValue normal(SettingValue value) {
    return value instanceof SettingValue.None && cleared != null ? cleared : value;
  }

  /**
   * The value that an answer of the API tells.
   *
   * @param scalar a Long, a String, a Boolean, or null where the answer says {@code null}
   * @return null where it is not of the field's type: then the value is as unknown as if the answer
   *     had not told it; so it is where an answer says {@code null} to a question of yes or no
   */
  public @Nullable SettingValue ofAnswer(@Nullable Object scalar) {
    if (scalar == null) {
      return type == CellType.FLAG ? null : new SettingValue.None();
    }
    return type.ofAnswer(scalar);
  }

  /**
   * What most likely happened to a cell that is invalid, with the mend, to stand behind {@link
   * #expected}; empty where nothing is known.
   */
  public String hint(String cell) {
    return type.hint(cell);
  }

  /** What a cell of this column may hold, to stand behind "expected". */
  public String expected(ZeroLimit zeroLimit) {
    String value = type.expected(zeroLimit);
    return isClearable() ? value + ", or exactly " + CLEAR : value;
  }
}
