package io.github.smartleadbulk.sandbox;

import static io.github.smartleadbulk.sandbox.Sandbox.FIRST_ACCOUNT_ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.SettingValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RehearsalTest {

  private static final JsonMapper JSON = JsonMapper.shared();

  private Sandbox sandbox;

  @BeforeEach
  void start() throws Exception {
    sandbox = Sandbox.start(SandboxSettings.rehearsal(null));
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  private JsonNode get(String path) throws Exception {
    return JSON.readTree(new Caller(sandbox).get("/email-accounts/" + path).body());
  }

  private List<Long> listedIds(String query) throws Exception {
    List<Long> ids = new ArrayList<>();
    get(query).forEach(account -> ids.add(account.get("id").longValue()));
    return ids;
  }

  private String address(long id) throws Exception {
    return get(Long.toString(id)).get("from_email").stringValue();
  }

  @Test
  void pagesHaveWhatWasAddedInThatOrder() throws Exception {
    List<Long> added =
        LongStream.range(0, 250).map(i -> 1 + (i * 7_919_191) % 99_999_999).boxed().toList();
    added.forEach(id -> sandbox.add(id, null));

    assertThat(listedIds("?offset=0&limit=100")).isEqualTo(added.subList(0, 100));
    assertThat(listedIds("?offset=100&limit=100")).isEqualTo(added.subList(100, 200));
    assertThat(listedIds("?offset=200&limit=100")).isEqualTo(added.subList(200, 250));
    assertThat(listedIds("?offset=250&limit=100")).isEmpty();
  }

  @Test
  void aThousandAccountsAreListedWhereNoneWasAdded() throws Exception {
    assertThat(listedIds("?limit=1")).containsExactly(FIRST_ACCOUNT_ID);
    assertThat(listedIds("?offset=999")).containsExactly(FIRST_ACCOUNT_ID + 999);
    assertThat(listedIds("?offset=1000")).isEmpty();
    assertThat(listedIds("?username=" + MadeUpAccounts.address(FIRST_ACCOUNT_ID + 999))).hasSize(1);
    assertThat(listedIds("?username=" + MadeUpAccounts.address(FIRST_ACCOUNT_ID + 1_000)))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 4711, 99_999_999})
  void everyIdOfUpToEightDigitsIsKnownListedOrNot(long id) throws Exception {
    sandbox.add(5L, null);

    assertThat(get(Long.toString(id)).get("id").longValue()).isEqualTo(id);
    assertThat(new Caller(sandbox).update(id, "{\"from_name\":\"X\"}").statusCode()).isEqualTo(200);
    assertThat(sandbox.settingsOf(id))
        .containsEntry(AccountField.FROM_NAME, new SettingValue.Text("X"));
    assertThat(listedIds("")).containsExactly(5L);

    sandbox.add(id, null);
    assertThat(listedIds("")).containsExactly(5L, id);
    assertThat(get("?offset=1").get(0).get("from_name").stringValue()).isEqualTo("X");
  }

  @Test
  void idsThatCannotBeAndRowsWithoutAnythingAreIgnored() throws Exception {
    sandbox.add(5L, null);
    sandbox.add(0L, "a@example.com");
    sandbox.add(-1L, null);
    sandbox.add(100_000_000L, "b@example.com");
    sandbox.add(Long.MAX_VALUE, null);
    sandbox.add(null, null);
    sandbox.add(null, " ");

    assertThat(listedIds("")).containsExactly(5L);
  }

  @Test
  void addressesAreToldInTheListAndById() throws Exception {
    sandbox.add(7L, "Jo.Doe@Example.com");
    sandbox.add(8L, null);

    assertThat(get("").get(0).get("from_email").stringValue()).isEqualTo("Jo.Doe@Example.com");
    assertThat(get("").get(0).get("username").stringValue()).isEqualTo("Jo.Doe@Example.com");
    assertThat(address(7)).isEqualTo("Jo.Doe@Example.com");
    assertThat(address(8)).isEqualTo(MadeUpAccounts.address(8));
  }

  @Test
  void addingAgainChangesNothingButGivesTheFirstAddress() throws Exception {
    sandbox.add(7L, null);
    sandbox.add(8L, null);
    sandbox.add(7L, "a@example.com");
    sandbox.add(7L, "b@example.com");
    sandbox.add(7L, null);

    assertThat(listedIds("")).containsExactly(7L, 8L);
    assertThat(address(7)).isEqualTo("a@example.com");
  }

  @Test
  void changesAndAddressesLeaveEachOtherAlone() throws Exception {
    sandbox.add(7L, "a@example.com");
    new Caller(sandbox).update(7, "{\"from_name\":\"X\"}");
    new Caller(sandbox).update(8, "{\"from_name\":\"Y\"}");
    sandbox.add(8L, "b@example.com");

    assertThat(address(7)).isEqualTo("a@example.com");
    assertThat(address(8)).isEqualTo("b@example.com");
    assertThat(get("7").get("from_name").stringValue()).isEqualTo("X");
    assertThat(get("8").get("from_name").stringValue()).isEqualTo("Y");
  }

  @Test
  void anAddressAloneMakesTheSameIdEveryTime() throws Exception {
    sandbox.add(null, "jo@example.com");
    sandbox.add(null, "JO@example.com");
    List<Long> ids = listedIds("");
    assertThat(ids).hasSize(1).allMatch(id -> id >= 10_000_000 && id <= 99_999_999);
    assertThat(address(ids.get(0))).isEqualTo("jo@example.com");

    try (Sandbox another = Sandbox.start(SandboxSettings.rehearsal(null))) {
      another.add(null, "else@example.com");
      another.add(null, "jo@example.com");
      JsonNode rows = JSON.readTree(new Caller(another).get("/email-accounts/?offset=1").body());
      assertThat(rows.get(0).get("id").longValue()).isEqualTo(ids.get(0));
    }
  }

  @Test
  void anIdThatAnotherHasIsNotMadeUp() throws Exception {
    long first = MadeUpAccounts.idFor("jo@example.com");
    sandbox.add(first, null);
    sandbox.add(first + 1, "other@example.com");
    sandbox.add(null, "jo@example.com");

    assertThat(listedIds("")).containsExactly(first, first + 1, first + 2);
    assertThat(address(first + 2)).isEqualTo("jo@example.com");
  }

  @Test
  void anAddressThatAnAccountHasIsThatAccounts() throws Exception {
    sandbox.add(7L, "jo@example.com");
    sandbox.add(null, "Jo@example.com");
    sandbox.add(null, MadeUpAccounts.address(8));

    assertThat(listedIds("")).containsExactly(7L, 8L);
  }

  @Test
  void twoAccountsMayHaveOneAddress() throws Exception {
    sandbox.add(9L, "jo@example.com");
    sandbox.add(7L, "jo@example.com");
    sandbox.add(8L, "else@example.com");

    assertThat(listedIds("")).containsExactly(9L, 7L, 8L);
    assertThat(listedIds("?username=JO@example.com")).containsExactlyInAnyOrder(7L, 9L);
    assertThat(listedIds("?username=jo@example.com&offset=1")).hasSize(1);
  }

  @Test
  void filtersKnowOnlyWhatIsListed() throws Exception {
    for (long id = 1; id <= 300; id++) {
      sandbox.add(id, id % 2 == 0 ? "user" + id + "@example.com" : null);
    }
    for (long id = 1; id <= 300; id++) {
      String own = "user" + id + "@example.com";
      assertThat(listedIds("?username=" + own)).hasSize(id % 2 == 0 ? 1 : 0);
      assertThat(listedIds("?username=" + MadeUpAccounts.address(id))).hasSize(id % 2 == 0 ? 0 : 1);
    }
    assertThat(listedIds("?username=" + MadeUpAccounts.address(301))).isEmpty();

    JsonNode ofClient = get("?client_id=305");
    assertThat(ofClient).isNotEmpty();
    assertThat(ofClient).allMatch(account -> account.get("client_id").longValue() == 305);
    assertThat(get("?client_id=305&offset=1")).hasSize(ofClient.size() - 1);
    String address = ofClient.get(0).get("from_email").stringValue();
    assertThat(get("?client_id=305&username=" + address)).hasSize(1);
    assertThat(get("?client_id=306&username=" + address)).isEmpty();
  }
}
