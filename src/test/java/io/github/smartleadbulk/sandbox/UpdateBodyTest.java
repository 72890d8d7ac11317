package io.github.smartleadbulk.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.SettingValue;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateBodyTest {

  /** What an account has can also be given to it: so the sandbox knows every field both ways. */
  @ParameterizedTest
  @EnumSource(AccountField.class)
  void everyFieldIsAccepted(AccountField field) throws Exception {
    SettingValue value = valueOf(field);
    String json = json(value);
    assertThat(read("{\"" + field.apiName() + "\":" + json + "}")).isEqualTo(Map.of(field, value));
  }

  @ParameterizedTest
  @EnumSource(AccountField.class)
  void everyFieldIsRefusedInAnotherType(AccountField field) {
    String wrong = valueOf(field) instanceof SettingValue.Text ? "1" : "\"1\"";
    String type =
        valueOf(field) instanceof SettingValue.Text
            ? "string"
            : valueOf(field) instanceof SettingValue.Flag ? "boolean" : "number";
    assertThat(refusal("{\"" + field.apiName() + "\":" + wrong + "}"))
        .isEqualTo(
            "400 {\"statusCode\":400,\"error\":\"Bad Request\",\"message\":\"\\\"%1$s\\\" must be a"
                    .formatted(field.apiName())
                + " %2$s\",\"validation\":{\"source\":\"body\",\"keys\":[\"%1$s\"]}}"
                    .formatted(field.apiName(), type));
  }

  @ParameterizedTest
  @EnumSource(AccountField.class)
  void nullAndEmptyTextAreForThoseThatTheyClear(AccountField field) throws Exception {
    String toNull = "{\"" + field.apiName() + "\":null}";
    if (field == AccountField.CLIENT_ID) {
      assertThat(read(toNull)).isEqualTo(Map.of(field, new SettingValue.None()));
    } else {
      assertThat(refusal(toNull)).startsWith("400 ");
    }
    String toEmpty = "{\"" + field.apiName() + "\":\"\"}";
    if (field.isClearable() && field != AccountField.CLIENT_ID) {
      assertThat(read(toEmpty)).isEqualTo(Map.of(field, new SettingValue.Text("")));
    } else {
      assertThat(refusal(toEmpty)).startsWith("4");
    }
  }

  @Test
  void unknownKeyIsRefusedWithItsName() {
    assertThat(refusal("{\"max_email_per_day\":40,\"message_per_day\":40}"))
        .isEqualTo(
            "400 {\"statusCode\":400,\"error\":\"Bad Request\",\"message\":\"\\\"message_per_day\\\""
                + " is not allowed\",\"validation\":{\"source\":\"body\","
                + "\"keys\":[\"message_per_day\"]}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max_email_per_day | -1",
        "max_email_per_day | 40.5",
        "max_email_per_day | 1e300",
        "max_email_per_day | 99999999999999999999",
        "client_id | 0",
        "time_to_wait_in_mins | -5",
        "from_name | \"\"",
        "bcc | \"nobody\"",
        "bcc | \"<clear>\"",
        "custom_tracking_url | \"two words\"",
      })
  void valueThatCannotBeIsUnprocessable(String name, String value) {
    assertThat(refusal("{\"" + name + "\":" + value + "}"))
        .isEqualTo(
            "422 {\"error\":{\"code\":\"VALIDATION_ERROR\",\"message\":\"\\\"%1$s\\\" has an"
                    .formatted(name)
                + " invalid value\",\"details\":{\"field\":\"%1$s\"}}}".formatted(name));
  }

  @Test
  void textIsTakenToTheLetterAndZeroIsALimit() throws Exception {
    assertThat(read("{\"signature\":\"<clear>\",\"from_name\":\" \",\"max_email_per_day\":0}"))
        .isEqualTo(
            Map.of(
                AccountField.SIGNATURE, new SettingValue.Text("<clear>"),
                AccountField.FROM_NAME, new SettingValue.Text(" "),
                AccountField.MAX_EMAIL_PER_DAY, new SettingValue.Whole(0)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "{", "{}", "[]", "null", "40", "{\"bcc\":\"\"} x", "{'bcc':''}", "\0"})
  void whatIsNoJsonObjectWithASettingIsRefused(String body) {
    assertThat(refusal(body)).startsWith("400 ");
  }

  @Test
  void deepNestingIsRefusedNotFollowed() {
    assertThat(refusal("[".repeat(1_000_000))).startsWith("400 ");
  }

  private static SettingValue valueOf(AccountField field) {
    for (long id = 1; ; id++) {
      SettingValue value = MadeUpAccounts.value(id, field);
      if (!(value instanceof SettingValue.None)) {
        return value;
      }
    }
  }

  private static String json(SettingValue value) {
    return value instanceof SettingValue.Text
        ? "\"" + value.toString().replace("\"", "\\\"").replace("\n", "\\n") + "\""
        : value.toString();
  }

  private static Map<AccountField, SettingValue> read(String body) throws RefusedException {
    return UpdateBody.read(body.getBytes(StandardCharsets.UTF_8));
  }

  private static String refusal(String body) {
    RefusedException refused = catchThrowableOfType(RefusedException.class, () -> read(body));
    assertThat(refused).as("refusal of %s", body.length() > 100 ? "it" : body).isNotNull();
    return refused.answer.status() + " " + refused.answer.body();
  }
}
