package io.github.smartleadbulk.client;

import static io.github.smartleadbulk.account.AccountField.BCC;
import static io.github.smartleadbulk.account.AccountField.CLIENT_ID;
import static io.github.smartleadbulk.account.AccountField.CUSTOM_TRACKING_URL;
import static io.github.smartleadbulk.account.AccountField.FROM_NAME;
import static io.github.smartleadbulk.account.AccountField.IS_SUSPENDED;
import static io.github.smartleadbulk.account.AccountField.MAX_EMAIL_PER_DAY;
import static io.github.smartleadbulk.account.AccountField.SIGNATURE;
import static io.github.smartleadbulk.account.AccountField.TIME_TO_WAIT_IN_MINS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.Account;
import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.api.AccountPage;
import io.github.smartleadbulk.api.Answer;
import io.github.smartleadbulk.api.Answer.Failed;
import io.github.smartleadbulk.api.Answer.Listed;
import io.github.smartleadbulk.api.Answer.TooLarge;
import io.github.smartleadbulk.api.BufferedBodyInterceptor;
import io.github.smartleadbulk.api.ClientSettings;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a page of the account list comes to when its last try is answered. */
@Timeout(30)
class PageTableTest {

  private static final SettingValue NONE = new SettingValue.None();

  private static final String NO_PAGE = "HTTP 200, the answer cannot be read";

  private static Stream<Arguments> fields() {
    return Stream.of(
        // Told, told to be nothing, and not told.
        field("'message_per_day':40", MAX_EMAIL_PER_DAY, new SettingValue.Whole(40)),
        field("'message_per_day':null", MAX_EMAIL_PER_DAY, NONE),
        field("'max_email_per_day':40", MAX_EMAIL_PER_DAY, null),
        field("'from_name':'Anna \\u00c4'", FROM_NAME, new SettingValue.Text("Anna Ä")),
        field("'signature':''", SIGNATURE, new SettingValue.Text("")),
        field("'signature':' <p>\\n</p> '", SIGNATURE, new SettingValue.Text(" <p>\n</p> ")),
        field(
            "'custom_tracking_domain':'t.example.com'",
            CUSTOM_TRACKING_URL,
            new SettingValue.Text("t.example.com")),
        field("'bcc_email':null", BCC, NONE),
        field("'client_id':301", CLIENT_ID, new SettingValue.Whole(301)),
        field("'minTimeToWaitInMins':0", TIME_TO_WAIT_IN_MINS, new SettingValue.Whole(0)),
        field("'is_suspended':true", IS_SUSPENDED, new SettingValue.Flag(true)),
        field("'is_suspended':null", IS_SUSPENDED, null),
        field("'time_to_wait_in_mins':9", TIME_TO_WAIT_IN_MINS, new SettingValue.Whole(9)),
        field(
            "'minTimeToWaitInMins':5,'time_to_wait_in_mins':null",
            TIME_TO_WAIT_IN_MINS,
            new SettingValue.Whole(5)),
        field(
            "'time_to_wait_in_mins':9,'minTimeToWaitInMins':5",
            TIME_TO_WAIT_IN_MINS,
            new SettingValue.Whole(5)),
        // Numbers as they come.
        field("'message_per_day':'40'", MAX_EMAIL_PER_DAY, new SettingValue.Whole(40)),
        field("'message_per_day':40.0", MAX_EMAIL_PER_DAY, new SettingValue.Whole(40)),
        field("'message_per_day':4e1", MAX_EMAIL_PER_DAY, new SettingValue.Whole(40)),
        field("'client_id':''", CLIENT_ID, NONE),
        field(
            "'client_id':9007199254740991",
            CLIENT_ID,
            new SettingValue.Whole(9_007_199_254_740_991L)),
        // Of the wrong type: as good as not told.
        field("'message_per_day':40.5", MAX_EMAIL_PER_DAY, null),
        field("'message_per_day':-1", MAX_EMAIL_PER_DAY, null),
        field("'message_per_day':true", MAX_EMAIL_PER_DAY, null),
        field("'message_per_day':1e999", MAX_EMAIL_PER_DAY, null),
        field("'client_id':9007199254740993", CLIENT_ID, null),
        field("'client_id':99999999999999999999999999", CLIENT_ID, null),
        field("'client_id':{'id':301}", CLIENT_ID, null),
        field("'client_id':[301]", CLIENT_ID, null),
        field("'from_name':42", FROM_NAME, null),
        // The last of two counts, and what is inside of something else not at all.
        field("'from_name':'a','from_name':'b'", FROM_NAME, new SettingValue.Text("b")),
        field("'from_name':'a','from_name':null", FROM_NAME, NONE),
        field("'from_name':'a','from_name':['b']", FROM_NAME, null),
        field("'from_name':['a'],'from_name':'b'", FROM_NAME, new SettingValue.Text("b")),
        field("'warmup':{'from_name':'a','x':[{'from_name':'b'}]}", FROM_NAME, null),
        field("'from_name':{'signature':'a'}", SIGNATURE, null),
        field("'from_name':'a','warmup':{'from_name':'b'}", FROM_NAME, new SettingValue.Text("a")));
  }

  private static Arguments field(String members, AccountField field, SettingValue value) {
    return Arguments.of(members, value == null ? Map.of() : Map.of(field, value));
  }

  @ParameterizedTest
  @MethodSource("fields")
  void keepsWhatItUnderstandsOfOurFields(
      String members, Map<AccountField, SettingValue> valuesByField) throws Exception {
    assertThat(lastTry(200, "[{'id':7," + members + "}]"))
        .isEqualTo(new Listed(List.of(new Account(7, null, valuesByField)), 1));
  }

  private static Stream<Arguments> pages() {
    return Stream.of(
        Arguments.of("[]", listed(0)),
        Arguments.of(" \n[ ]\n ", listed(0)),
        Arguments.of("\uFEFF[{'id':7}]", listed(1, account(7, null))),
        Arguments.of(
            "[{'id':9,'from_email':'a@x.example'},{'from_email':'b@x.example','id':'8'}]",
            listed(2, account(9, "a@x.example"), account(8, "b@x.example"))),
        // Around a list.
        Arguments.of("{'data':[{'id':7}]}", listed(1, account(7, null))),
        Arguments.of("{'data':[]}", listed(0)),
        Arguments.of(
            "{'ok':true,'data':[{'id':7}],'total':'250','offset':0}",
            new Listed(List.of(account(7, null)), 1, 250L)),
        Arguments.of(
            "{'total':1,'meta':{'data':[{'id':8}]},'data':[{'id':7}]}",
            new Listed(List.of(account(7, null)), 1, 1L)),
        Arguments.of("[{'id':7.0},{'id':' 8 '}]", listed(2, account(7, null), account(8, null))),
        // No addresses.
        Arguments.of(
            "[{'id':1,'from_email':null},{'id':2,'from_email':' '},{'id':3,'from_email':5},"
                + "{'id':4,'from_email':['a@x.example']}]",
            listed(4, account(1, null), account(2, null), account(3, null), account(4, null))),
        // Rows, but no accounts.
        Arguments.of(
            "[{},{'id':null},{'id':0},{'id':-7},{'id':7.5},{'id':'x'},{'id':true},{'id':{'id':7}},"
                + "{'id':7,'id':'x'},{'x':{'id':7}},null,7,'x',[{'id':7}],{'id':1e30},{'id':8}]",
            listed(16, account(8, null))));
  }

  private static Account account(long id, String fromEmail) {
    return new Account(id, fromEmail, Map.of());
  }

  private static Listed listed(int rows, Account... accounts) {
    return new Listed(List.of(accounts), rows);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void countsAllRowsAndKeepsThoseWithAnId(String body, Listed expected) throws Exception {
    assertThat(lastTry(200, body)).isEqualTo(expected);
  }

  private static Stream<Arguments> failures() {
    return Stream.of(
        // A 2xx that is no page.
        failed(200, "", "HTTP 200, empty answer"),
        failed(200, "OK", NO_PAGE),
        failed(200, "'OK'", NO_PAGE),
        failed(200, "true", NO_PAGE),
        failed(200, "[{'id':7}", NO_PAGE),
        failed(200, "[{'id':7},{'id", NO_PAGE),
        failed(200, "[{'id':7}]]", NO_PAGE),
        failed(200, "[{'id':7}] and more", NO_PAGE),
        failed(200, "[{'id':7}}", NO_PAGE),
        failed(200, "[{'signature':'<p>'", NO_PAGE),
        failed(200, "[".repeat(2000), NO_PAGE),
        failed(200, "{'message':'later'}", "HTTP 200 without a list of accounts: later"),
        failed(
            200,
            "{'data':{'id':7}}",
            "HTTP 200 without a list of accounts: found an object with \"data\""),
        failed(
            200,
            "{'rows':[{'id':7}],'a':1,'b':1,'c':1,'d':1,'e':1}",
            "HTTP 200 without a list of accounts: found an object with \"rows\", \"a\", \"b\","
                + " \"c\", \"d\""),
        failed(200, "{}", "HTTP 200 without a list of accounts: found an empty object"),
        failed(200, "{'ok':true,'message':'m'}", "HTTP 200 without a list of accounts: m"),
        // Refused for good.
        failed(200, "{'ok':false,'message':'no'}", "no"),
        failed(200, "{'success':false,'error':'no'}", "no"),
        failed(400, "{'message':'\\\"offset\\\" must be a number'}", "\"offset\" must be a number"),
        failed(404, "{'error':{'message':'Not Found'}}", "Not Found"),
        failed(422, "{'validation':{'keys':['limit']}}", "not accepted: limit"),
        failed(409, "words", "HTTP 409, the answer cannot be read"),
        failed(410, "", "HTTP 410, empty answer"),
        failed(301, "", "HTTP 301: redirects are not followed, to protect the key"),
        // No success in all attempts.
        failed(408, "{'message':'slow'}", "slow"));
  }

  private static Arguments failed(int status, String body, String message) {
    return Arguments.of(status, body, new Failed(status, 1, message));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void saysWhyThereIsNoPage(int status, String body, Failed expected) throws Exception {
    assertThat(lastTry(status, body)).isEqualTo(expected);
  }

  @Test
  void aPageMayBeLarge() throws Exception {
    String signature = "<img src=" + "A".repeat(50_000) + ">";
    String element = "{\"id\":%d,\"other\":\"%s\",\"signature\":\"%s\"}";
    StringBuilder body = new StringBuilder("[");
    for (int i = 1; i <= 100; i++) {
      body.append(i == 1 ? "" : ",").append(element.formatted(i, signature, signature));
    }
    Listed page = (Listed) lastTry(200, body.append(']').toString());
    assertThat(page.rows()).isEqualTo(100);
    assertThat(page.accounts())
        .hasSize(100)
        .allMatch(
            a -> a.valuesByField().equals(Map.of(SIGNATURE, new SettingValue.Text(signature))));
  }

  /** With fewer rows it may be one that can be read. */
  @Test
  void aPageHasAnEnd() throws Exception {
    assertThat(lastTry(new AccountPage(0, AccountPage.ROWS, null), PageTableTest::endless))
        .isEqualTo(new TooLarge());
  }

  @Test
  void anAccountHasAnEnd() throws Exception {
    int megabytes = BufferedBodyInterceptor.LARGEST_PAGE / (1024 * 1024);
    assertThat(lastTry(new AccountPage(0, 1, null), PageTableTest::endless))
        .isEqualTo(
            new Failed(
                200,
                1,
                "HTTP 200, a single account has more than "
                    + megabytes
                    + " MB: give the program more memory (-Xmx)"));
  }

  private static boolean endless(int number, Socket connection) throws IOException {
    String element = "{\"other\":\"" + "A".repeat(60_000) + "\"},";
    RawServer.write(connection, "HTTP/1.1 200 X\r\n\r\n[");
    while (true) {
      RawServer.write(connection, element);
    }
  }

  /** Single quotes in the body stand for double ones. */
  private static Answer lastTry(int status, String body) throws Exception {
    return lastTry(
        (number, connection) -> {
          RawServer.answer(connection, status, "", body.replace('\'', '"'));
          return true;
        });
  }

  private static Answer lastTry(RawServer.Script script) throws Exception {
    return lastTry(new AccountPage(0, AccountPage.ROWS, null), script);
  }

  private static Answer lastTry(AccountPage asked, RawServer.Script script) throws Exception {
    try (RawServer server = RawServer.start(script)) {
      ClientSettings settings =
          Samples.withTimeout(
              Samples.withMaxAttempts(Samples.settings(server.url()), 1), Duration.ofSeconds(20));
      try (SmartleadClient client = SmartleadClient.create(settings, CallHistory.none())) {
        Answer answer = client.list(asked).get(20, TimeUnit.SECONDS);
        assertThat(server.requests()).hasSize(1);
        return answer;
      }
    }
  }
}
