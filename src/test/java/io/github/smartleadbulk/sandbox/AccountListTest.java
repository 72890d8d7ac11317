package io.github.smartleadbulk.sandbox;

import static io.github.smartleadbulk.sandbox.Sandbox.FIRST_ACCOUNT_ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.AccountField;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AccountListTest {

  private static final JsonMapper JSON = JsonMapper.shared();

  private static Sandbox sandbox;

  @BeforeAll
  static void start() throws Exception {
    sandbox = Sandbox.start(TestSettings.accounts(250));
  }

  @AfterAll
  static void close() {
    sandbox.close();
  }

  @Test
  void pagesHoldEveryAccountOnceAndAShortOneIsTheEnd() throws Exception {
    Set<Long> ids = new HashSet<>();
    assertThat(addIds(ids, 0)).isEqualTo(100);
    assertThat(addIds(ids, 100)).isEqualTo(100);
    assertThat(addIds(ids, 200)).isEqualTo(50);
    assertThat(addIds(ids, 300)).isZero();
    assertThat(ids).hasSize(250);
  }

  private static int addIds(Set<Long> ids, int offset) throws Exception {
    JsonNode page = get("/email-accounts/?limit=100&offset=" + offset);
    page.forEach(account -> ids.add(account.get("id").longValue()));
    return page.size();
  }

  @ParameterizedTest
  @CsvSource({
    "/email-accounts, 100",
    "/email-accounts/, 100",
    "/email-accounts/?limit=1, 1",
    "/email-accounts/?limit=101, 0",
    "/email-accounts/?offset=249, 1",
    "/email-accounts/?offset=999999999, 0",
    "/email-accounts/?username=nobody@example.com, 0",
  })
  void limitIsKept(String path, int rows) throws Exception {
    assertThat(get(path)).hasSize(rows);
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=0", "limit=x", "limit=", "offset=-1", "offset=99999999999999999"})
  void pageThatCannotBeIsRefused(String query) throws Exception {
    assertThat(new Caller(sandbox).get("/email-accounts/?" + query).statusCode()).isEqualTo(400);
  }

  @Test
  void filtersKeepWhatMatches() throws Exception {
    JsonNode all = get("/email-accounts/?offset=0");
    String address = all.get(42).get("from_email").stringValue();
    assertThat(get("/email-accounts/?username=" + address)).containsExactly(all.get(42));

    JsonNode ofClient = get("/email-accounts/?client_id=305");
    assertThat(ofClient).isNotEmpty();
    assertThat(ofClient).allMatch(account -> account.get("client_id").longValue() == 305);
    assertThat(get("/email-accounts/?client_id=305&offset=1")).hasSize(ofClient.size() - 1);
  }

  /** Its samples never tell whether an account is suspended; all other fields are in the list. */
  @ParameterizedTest
  @EnumSource(AccountField.class)
  void listTellsEveryFieldThatSmartLeadTells(AccountField field) throws Exception {
    JsonNode account = get("/email-accounts/?limit=1").get(0);
    JsonNode told = account.get(field.answerName());
    if (field == AccountField.IS_SUSPENDED) {
      assertThat(told).isNull();
    } else {
      assertThat(told).isNotNull();
      String value = sandbox.settingsOf(FIRST_ACCOUNT_ID).get(field).toString();
      assertThat(told.isNull() ? "" : told.asString()).isEqualTo(value);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/"})
  void oneAccountLacksTheWaitingTimeAndGivesThePasswordAway(String end) throws Exception {
    JsonNode one = get("/email-accounts/10000001" + end);
    assertThat(one.get("id").longValue()).isEqualTo(FIRST_ACCOUNT_ID);
    assertThat(one.get("password").stringValue()).isEqualTo("sandbox-mailbox-password-10000001");
    assertThat(one.get("minTimeToWaitInMins")).isNull();
    assertThat(one.get("message_per_day")).isNotNull();
  }

  @Test
  void everyTenthAccountTellsItsLimitAsText() throws Exception {
    JsonNode accounts = get("/email-accounts/?limit=10");
    assertThat(accounts).filteredOn(a -> a.get("message_per_day").isString()).hasSize(1);
  }

  @Test
  void everySeventhAccountTellsNothingOfABccThatItHasNot() throws Exception {
    JsonNode accounts = get("/email-accounts/");
    assertThat(accounts).anyMatch(account -> !account.has("bcc_email"));
    for (JsonNode account : accounts) {
      long id = account.get("id").longValue();
      boolean none = account.path("bcc_email").asString("").isEmpty();
      assertThat(account.has("bcc_email")).isEqualTo(id % 7 != 0 || !none);
      assertThat(get("/email-accounts/" + id).has("bcc_email")).isTrue();
    }
  }

  private static JsonNode get(String path) throws Exception {
    return JSON.readTree(new Caller(sandbox).get(path).body());
  }
}
