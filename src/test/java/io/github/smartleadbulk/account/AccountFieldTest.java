package io.github.smartleadbulk.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AccountFieldTest {

  private static SettingValue parse(AccountField field, String cell) {
    return field.parse(cell, ZeroLimit.REFUSED);
  }

  /** What SmartLead's reference calls them; a name that is wrong makes it refuse the whole row. */
  @Test
  void namesAreSmartLeads() {
    assertThat(List.of(AccountField.values()))
        .extracting(
            AccountField::apiName,
            AccountField::answerName,
            AccountField::otherColumns,
            AccountField::isClearable)
        .containsExactly(
            tuple(
                "max_email_per_day",
                "message_per_day",
                List.of("message_per_day", "daily_limit"),
                false),
            tuple("from_name", "from_name", List.of(), false),
            tuple(
                "custom_tracking_url",
                "custom_tracking_domain",
                List.of("custom_tracking_domain", "tracking_domain", "tracking_url"),
                true),
            tuple("bcc", "bcc_email", List.of("bcc_email", "bcc_address"), true),
            tuple("signature", "signature", List.of("email_signature"), true),
            tuple("client_id", "client_id", List.of(), true),
            tuple(
                "time_to_wait_in_mins",
                "minTimeToWaitInMins",
                List.of("min_time_to_wait_in_mins"),
                false),
            tuple("is_suspended", "is_suspended", List.of("suspended"), false));
  }

  @Test
  void noColumnMeansTwoFields() {
    Set<String> columns = new HashSet<>();
    for (AccountField field : AccountField.values()) {
      List<String> names = new ArrayList<>(field.otherColumns());
      names.add(field.apiName());
      assertThat(names).allSatisfy(name -> assertThat(columns.add(name)).as(name).isTrue());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "MAX_EMAIL_PER_DAY, 40, 40",
    "MAX_EMAIL_PER_DAY, 40.0, 40",
    "MAX_EMAIL_PER_DAY, 40.00, 40",
    "MAX_EMAIL_PER_DAY, 40.0000, 40",
    "CLIENT_ID, 10000002.000, 10000002",
    "CLIENT_ID, 1000.000, 1000",
    "CLIENT_ID, '\u00A07\u2003', 7",
    "MAX_EMAIL_PER_DAY, 0040, 40",
    "MAX_EMAIL_PER_DAY, ' 40 ', 40",
    "MAX_EMAIL_PER_DAY, 1, 1",
    "MAX_EMAIL_PER_DAY, 9007199254740991, 9007199254740991",
    "TIME_TO_WAIT_IN_MINS, 0, 0",
    "TIME_TO_WAIT_IN_MINS, 000, 0",
    "TIME_TO_WAIT_IN_MINS, 0.0, 0",
    "TIME_TO_WAIT_IN_MINS, 15, 15",
    "CLIENT_ID, 1, 1",
    "CLIENT_ID, 00000000000000000000000000000007, 7",
  })
  void wholeNumbers(AccountField field, String cell, long value) {
    assertThat(parse(field, cell)).isEqualTo(new SettingValue.Whole(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "+5",
        "4E1",
        "1.23E+08",
        "1,000",
        "1.000,0",
        "1.000",
        "40.000",
        "100.000",
        "000.000",
        "40.5",
        "40.",
        ".0",
        "4 0",
        "40%",
        "0x28",
        "1_000",
        "9007199254740992",
        "99999999999999999",
        "12345678901234567890",
        "\u0664\u0660",
        "\uFF14\uFF10",
        "forty",
        "40\u0000",
        "NaN",
        "Infinity",
        "1e400",
        "--1",
        "'40",
        "=40",
        "40.0.0"
      })
  void whatIsNoWholeNumber(String cell) {
    for (AccountField field :
        List.of(
            AccountField.MAX_EMAIL_PER_DAY,
            AccountField.TIME_TO_WAIT_IN_MINS,
            AccountField.CLIENT_ID)) {
      assertThat(parse(field, cell)).as("%s", field).isNull();
    }
    assertThat(Cells.parseAccountId(cell)).isNull();
  }

  @Test
  void zeroIsALimitOnlyWhereItIsAllowed() {
    AccountField limit = AccountField.MAX_EMAIL_PER_DAY;
    assertThat(limit.parse("0", ZeroLimit.REFUSED)).isNull();
    assertThat(limit.parse("0.0", ZeroLimit.REFUSED)).isNull();
    assertThat(limit.parse("0", ZeroLimit.ALLOWED)).isEqualTo(new SettingValue.Whole(0));
    assertThat(limit.parse("-0", ZeroLimit.ALLOWED)).isNull();
    assertThat(AccountField.CLIENT_ID.parse("0", ZeroLimit.ALLOWED)).isNull();
    assertThat(Cells.parseAccountId("0")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ann", " Ann ", "<b>\n\"Ann\"</b>", "0", "=1+1", "\uD83D\uDE00", "clear"})
  void textGoesOutAsItStands(String cell) {
    for (AccountField field : List.of(AccountField.FROM_NAME, AccountField.SIGNATURE)) {
      assertThat(parse(field, cell)).isEqualTo(new SettingValue.Text(cell));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "track.example.com",
        "https://track.example.com",
        "http://track.example.com",
        "HTTPS://Track.Example.COM",
        "a.b",
        "x-1.example.co.uk",
        "münchen.example",
        "xn--mnchen-3ya.example",
        "_dmarc.example.com",
      })
  void trackingHosts(String cell) {
    assertThat(parse(AccountField.CUSTOM_TRACKING_URL, cell))
        .isEqualTo(new SettingValue.Text(cell));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "track",
        "https://",
        "https://track.example.com//",
        "https://track.example.com/path",
        "track.example.com:8080",
        "ftp://track.example.com",
        "user@track.example.com",
        "-track.example.com",
        "track-.example.com",
        "track..example.com",
        ".example.com",
        "example.com.",
        "track example.com",
        "a.example.com,b.example.com",
        "javascript:alert(1)",
      })
  void whatIsNoTrackingHost(String cell) {
    assertThat(parse(AccountField.CUSTOM_TRACKING_URL, cell)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name@example.com",
        "n.a+m_e@sub.example.co.uk",
        "o'hara@example.com",
        "ä@münchen.example"
      })
  void mailAddresses(String cell) {
    assertThat(parse(AccountField.BCC, cell)).isEqualTo(new SettingValue.Text(cell));
    assertThat(Cells.isMailAddress(cell)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name",
        "@example.com",
        "name@",
        "name@example",
        "name@@example.com",
        "a@example.com,b@example.com",
        "a@example.com;b@example.com",
        "Ann <ann@example.com>",
        "<ann@example.com>",
        "mailto:ann@example.com",
        "na me@example.com",
        "name\u200B@example.com",
        "\"name\"@example.com",
        "name@[127.0.0.1]",
      })
  void whatIsNoMailAddress(String cell) {
    assertThat(parse(AccountField.BCC, cell)).isNull();
    assertThat(Cells.isMailAddress(cell)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "true, true",
    "TRUE, true",
    "yes, true",
    "Yes, true",
    "1, true",
    "' true ', true",
    "false, false",
    "False, false",
    "no, false",
    "NO, false",
    "0, false",
    "y, true",
    "N, false",
    "t, true",
    "F, false",
    "On, true",
    "off, false",
    "1.0, true",
    "0.0, false",
    "1.00, true",
    "'\u00A0TRUE\u00A0', true",
    "WAHR, true",
    "FALSCH, false",
    "VRAI, true",
    "FAUX, false",
    "VERDADERO, true",
    "FALSO, false",
    "VERO, true",
    "WAAR, true",
    "ONWAAR, false",
    "VERDADEIRO, true",
    "PRAWDA, true",
    "FAŁSZ, false",
  })
  void flags(String cell, boolean value) {
    assertThat(parse(AccountField.IS_SUSPENDED, cell)).isEqualTo(new SettingValue.Flag(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "-1", "0.5", "1.000", "tru e", "x", "ja", "nein", "null"})
  void whatIsNoFlag(String cell) {
    assertThat(parse(AccountField.IS_SUSPENDED, cell)).isNull();
  }

  @Test
  void clearEmptiesWhatCanBeEmptied() {
    Map<AccountField, SettingValue> clearedByField =
        Map.of(
            AccountField.CUSTOM_TRACKING_URL, new SettingValue.Text(""),
            AccountField.BCC, new SettingValue.Text(""),
            AccountField.SIGNATURE, new SettingValue.Text(""),
            AccountField.CLIENT_ID, new SettingValue.None());
    for (AccountField field : AccountField.values()) {
      assertThat(parse(field, "<clear>")).as("%s", field).isEqualTo(clearedByField.get(field));
      assertThat(field.cleared()).isEqualTo(clearedByField.get(field));
      assertThat(field.isClearable()).isEqualTo(clearedByField.containsKey(field));
    }
  }

  /** Nobody wants these in front of a customer, and nobody means the text. */
  @ParameterizedTest
  @ValueSource(strings = {"<CLEAR>", "<Clear>", " <clear>", "<clear> ", "\t<clear>\n"})
  void whatIsNearlyClearIsInvalid(String cell) {
    for (AccountField field : AccountField.values()) {
      assertThat(parse(field, cell)).as("%s", field).isNull();
    }
  }

  @Test
  void textAroundClearIsText() {
    assertThat(parse(AccountField.SIGNATURE, "write <clear> here"))
        .isEqualTo(new SettingValue.Text("write <clear> here"));
  }

  @ParameterizedTest
  @EnumSource(AccountField.class)
  void whatIsExpectedIsSaidAndTellsOfClearWhereItIsPossible(AccountField field) {
    for (ZeroLimit zeroLimit : ZeroLimit.values()) {
      assertThat(field.expected(zeroLimit)).isNotBlank();
      assertThat(field.expected(zeroLimit).endsWith(", or exactly <clear>"))
          .isEqualTo(field.isClearable());
    }
  }

  @Test
  void whatIsExpectedOfALimitDependsOnWhetherZeroIsAllowed() {
    AccountField limit = AccountField.MAX_EMAIL_PER_DAY;
    assertThat(limit.expected(ZeroLimit.REFUSED))
        .isEqualTo("a whole number of 1 or more (0 only with --allow-zero)");
    assertThat(limit.expected(ZeroLimit.ALLOWED)).isEqualTo("a whole number of 0 or more");
  }

  @ParameterizedTest
  @EnumSource(AccountField.class)
  void everyFieldTakesSomeCellAndHoldsItAsASettingOfItsType(AccountField field) {
    List<String> cells = List.of("1", "true", "Ann", "a.example.com", "a@example.com");
    assertThat(cells).anySatisfy(cell -> assertThat(parse(field, cell)).isNotNull());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<Clear>",
        " <clear>",
        "<clear>\n",
        "<clear>\u00A0",
        "\u200B<CLEAR>",
        "\uFEFF<clear>"
      })
  void whatIsNearlyClearIsNeverSent(String cell) {
    for (AccountField field : AccountField.values()) {
      assertThat(field.parse(cell, ZeroLimit.REFUSED)).as(field.apiName()).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource(AccountField.class)
  void aCellThatSetsAValueIsFoundForEveryValueThatACellSets(AccountField field) {
    for (String cell :
        List.of(
            "40", "7", "Anna", " Anna, \"B\"\n ", "track.example.com", "a@example.com", "true")) {
      SettingValue value = parse(field, cell);
      if (value != null) {
        String found = field.cell(value);
        assertThat(found).isNotNull();
        assertThat(parse(field, found)).isEqualTo(value);
      }
    }
    if (field.isClearable()) {
      assertThat(field.cell(field.cleared())).isEqualTo(AccountField.CLEAR);
    } else {
      assertThat(field.cell(new SettingValue.None())).isNull();
    }
  }

  @Test
  void someValuesHaveNoCell() {
    assertThat(AccountField.SIGNATURE.cell(new SettingValue.Text(" \n"))).isNull();
    assertThat(AccountField.SIGNATURE.cell(new SettingValue.Text("<clear>"))).isNull();
    assertThat(AccountField.SIGNATURE.cell(new SettingValue.Text("a\0b"))).isNull();
    assertThat(AccountField.SIGNATURE.cell(new SettingValue.Text("a\uD800"))).isNull();
    assertThat(AccountField.FROM_NAME.cell(new SettingValue.Text(""))).isNull();
    assertThat(AccountField.CUSTOM_TRACKING_URL.cell(new SettingValue.Text("no host"))).isNull();
    assertThat(AccountField.MAX_EMAIL_PER_DAY.cell(new SettingValue.Whole(0))).isEqualTo("0");
  }

  @Test
  void aTextThatIsNotThereIsAnEmptyOne() {
    SettingValue none = new SettingValue.None();
    SettingValue empty = new SettingValue.Text("");
    for (AccountField field : AccountField.values()) {
      assertThat(field.isSame(none, empty))
          .as(field.apiName())
          .isEqualTo(empty.equals(field.cleared()));
      assertThat(field.isSame(none, none)).isTrue();
    }
    assertThat(
            AccountField.SIGNATURE.isSame(new SettingValue.Text("a "), new SettingValue.Text("a")))
        .isFalse();
  }

  /** Live, numbers come as number, as text and as null. */
  @Test
  void readsWhatAnswersTell() {
    AccountField limit = AccountField.MAX_EMAIL_PER_DAY;
    assertThat(limit.ofAnswer(40L)).isEqualTo(new SettingValue.Whole(40));
    assertThat(limit.ofAnswer("40")).isEqualTo(new SettingValue.Whole(40));
    assertThat(limit.ofAnswer(0L)).isEqualTo(new SettingValue.Whole(0));
    assertThat(limit.ofAnswer(null)).isEqualTo(new SettingValue.None());
    assertThat(limit.ofAnswer("")).isEqualTo(new SettingValue.None());
    assertThat(AccountField.CLIENT_ID.ofAnswer(0L)).isEqualTo(new SettingValue.None());
    assertThat(limit.ofAnswer("many")).isNull();
    assertThat(limit.ofAnswer(-1L)).isNull();
    assertThat(limit.ofAnswer(true)).isNull();
    assertThat(AccountField.SIGNATURE.ofAnswer(" x ")).isEqualTo(new SettingValue.Text(" x "));
    assertThat(AccountField.SIGNATURE.ofAnswer(5L)).isNull();
    assertThat(AccountField.BCC.ofAnswer("no address"))
        .isEqualTo(new SettingValue.Text("no address"));
    assertThat(AccountField.IS_SUSPENDED.ofAnswer(true)).isEqualTo(new SettingValue.Flag(true));
    assertThat(AccountField.IS_SUSPENDED.ofAnswer("?")).isNull();
  }
}
