package io.github.smartleadbulk.sandbox;

import static io.github.smartleadbulk.sandbox.Sandbox.FIRST_ACCOUNT_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.account.SettingValue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Several keys: each has its own accounts and windows. */
@Timeout(30)
class KeysTest {

  private static final SandboxKey ACME =
      new SandboxKey("acme-s3cret", "acme", 3, RateWindow.parseAll("unlimited"));
  private static final SandboxKey GLOBEX =
      new SandboxKey("globex-s3cret", "globex", 5, RateWindow.parseAll("2/h"));

  @TempDir Path folder;

  private static SandboxSettings settings(SandboxKey... keys) {
    return SandboxSettings.defaults().with(List.of(keys));
  }

  private SandboxSettings stored(SandboxKey... keys) {
    return TestSettings.store(store()).with(List.of(keys));
  }

  private Path store() {
    return folder.resolve("accounts.store");
  }

  private static List<Long> listedIds(Sandbox sandbox, String key) throws Exception {
    List<Long> ids = new ArrayList<>();
    list(sandbox, key).forEach(account -> ids.add(account.get("id").longValue()));
    return ids;
  }

  private static List<String> listedAddresses(Sandbox sandbox, String key) throws Exception {
    List<String> addresses = new ArrayList<>();
    list(sandbox, key).forEach(account -> addresses.add(account.get("from_email").stringValue()));
    return addresses;
  }

  private static JsonNode list(Sandbox sandbox, String key) throws Exception {
    return JsonMapper.shared().readTree(new Caller(sandbox, key).get("/email-accounts/").body());
  }

  private static void rename(Sandbox sandbox, String key, long id, String name) throws Exception {
    assertThat(new Caller(sandbox, key).update(id, "{\"from_name\":\"" + name + "\"}").statusCode())
        .isEqualTo(200);
  }

  private static String name(Sandbox sandbox, String key, long id) {
    return sandbox.settingsOf(key, id).get(AccountField.FROM_NAME).toString();
  }

  @Test
  void theSameIdIsAnotherAccountForAnotherKey() throws Exception {
    try (Sandbox sandbox = Sandbox.start(settings(ACME, GLOBEX))) {
      SettingValue before = MadeUpAccounts.value(FIRST_ACCOUNT_ID, AccountField.FROM_NAME);
      rename(sandbox, ACME.value(), FIRST_ACCOUNT_ID, "X");

      assertThat(listedIds(sandbox, ACME.value()))
          .containsExactly(FIRST_ACCOUNT_ID, FIRST_ACCOUNT_ID + 1, FIRST_ACCOUNT_ID + 2);
      assertThat(list(sandbox, ACME.value()).get(0).get("from_name").stringValue()).isEqualTo("X");
      JsonNode ofOther = list(sandbox, GLOBEX.value());
      assertThat(ofOther).hasSize(5);
      assertThat(ofOther.get(0).get("id").longValue()).isEqualTo(FIRST_ACCOUNT_ID);
      assertThat(ofOther.get(0).get("from_name").stringValue()).isEqualTo(before.toString());
      assertThat(sandbox.exampleKey()).isEqualTo(ACME.value());
      assertThat(sandbox.settingsOf(FIRST_ACCOUNT_ID))
          .containsEntry(AccountField.FROM_NAME, new SettingValue.Text("X"));
    }
  }

  @Test
  void anAccountOfOneKeyDoesNotExistForAnother() throws Exception {
    try (Sandbox sandbox = Sandbox.start(settings(ACME, GLOBEX))) {
      long id = FIRST_ACCOUNT_ID + 4;
      Caller acme = new Caller(sandbox, ACME.value());

      assertThat(acme.get("/email-accounts/" + id).statusCode()).isEqualTo(404);
      assertThat(acme.update(id, "{\"from_name\":\"X\"}").statusCode()).isEqualTo(404);
      assertThat(acme.get("/email-accounts/?username=" + MadeUpAccounts.address(id)).body())
          .isEqualTo("[]");
      assertThatThrownBy(() -> sandbox.settingsOf(ACME.value(), id))
          .isInstanceOf(IllegalArgumentException.class);
      rename(sandbox, GLOBEX.value(), id, "X");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sandbox-key", "wrong", "ACME-S3CRET", "acme"})
  void anyOtherKeyIsRefused(String key) throws Exception {
    try (Sandbox sandbox = Sandbox.start(settings(ACME, GLOBEX))) {
      assertThat(new Caller(sandbox, key).get("/email-accounts/").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void callsCountOnlyForTheirKey() throws Exception {
    SandboxKey initech = new SandboxKey("initech-s3cret", "initech", 1, GLOBEX.windows());
    try (Sandbox sandbox = Sandbox.start(settings(ACME, GLOBEX, initech))) {
      List<Integer> statuses = new ArrayList<>();
      for (int call = 0; call < 3; call++) {
        for (SandboxKey key : List.of(ACME, GLOBEX, initech)) {
          statuses.add(new Caller(sandbox, key.value()).get("/email-accounts/").statusCode());
        }
      }
      assertThat(statuses).containsExactly(200, 200, 200, 200, 200, 200, 200, 429, 429);
    }
  }

  @Test
  void listenerLearnsTheNameOfTheKeyAndNeverTheKey() throws Exception {
    ConcurrentLinkedQueue<SandboxRequest> told = new ConcurrentLinkedQueue<>();
    try (Sandbox sandbox = Sandbox.start(settings(ACME, GLOBEX), told::add)) {
      for (String key : List.of(GLOBEX.value(), "unknown-s3cret", ACME.value())) {
        new Caller(sandbox, key).get("/email-accounts/");
      }
    }
    assertThat(told).extracting(SandboxRequest::keyName).containsExactly("globex", null, "acme");
    assertThat(told.toString() + settings(ACME, GLOBEX)).doesNotContain("s3cret");
  }

  @Test
  void aStoreKeepsTheAccountsOfEachKeyWithoutTheKey() throws Exception {
    try (Sandbox sandbox = Sandbox.start(stored(ACME, GLOBEX))) {
      rename(sandbox, ACME.value(), FIRST_ACCOUNT_ID, "A");
      rename(sandbox, GLOBEX.value(), FIRST_ACCOUNT_ID, "G");
    }
    try (Sandbox sandbox = Sandbox.start(TestSettings.store(store()))) {
      assertThat(sandbox.settingsOf(FIRST_ACCOUNT_ID))
          .containsEntry(
              AccountField.FROM_NAME,
              MadeUpAccounts.value(FIRST_ACCOUNT_ID, AccountField.FROM_NAME));
      rename(sandbox, sandbox.exampleKey(), FIRST_ACCOUNT_ID, "S");
    }

    SandboxKey renamed = new SandboxKey(ACME.value(), "other", 9, ACME.windows());
    SandboxKey added = new SandboxKey("new-s3cret", "new", 1, ACME.windows());
    try (Sandbox sandbox = Sandbox.start(stored(added, GLOBEX, renamed))) {
      assertThat(name(sandbox, ACME.value(), FIRST_ACCOUNT_ID)).isEqualTo("A");
      assertThat(name(sandbox, GLOBEX.value(), FIRST_ACCOUNT_ID)).isEqualTo("G");
      assertThat(name(sandbox, added.value(), FIRST_ACCOUNT_ID))
          .isEqualTo(MadeUpAccounts.value(FIRST_ACCOUNT_ID, AccountField.FROM_NAME).toString());
      assertThat(listedIds(sandbox, ACME.value())).hasSize(9);
    }
    try (Sandbox sandbox = Sandbox.start(TestSettings.store(store()))) {
      assertThat(sandbox.settingsOf(FIRST_ACCOUNT_ID))
          .containsEntry(AccountField.FROM_NAME, new SettingValue.Text("S"));
    }
    assertThat(Files.readString(store(), StandardCharsets.ISO_8859_1)).doesNotContain("s3cret");
  }

  /** A copy of the file at that moment is all that a killed process would leave. */
  @Test
  void whatWasAnsweredIsInTheFile() throws Exception {
    Path copy = folder.resolve("copy");
    try (Sandbox sandbox = Sandbox.start(stored(ACME, GLOBEX))) {
      rename(sandbox, GLOBEX.value(), FIRST_ACCOUNT_ID + 4, "G");
      Files.copy(store(), copy);
    }
    try (Sandbox sandbox = Sandbox.start(TestSettings.store(copy).with(List.of(GLOBEX)))) {
      assertThat(name(sandbox, GLOBEX.value(), FIRST_ACCOUNT_ID + 4)).isEqualTo("G");
    }
  }

  @Test
  void aRehearsalListsForEachWorkspaceWhatThisAndEarlierOnesAdded() throws Exception {
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.rehearsal(store()))) {
      String acme = sandbox.keyOf("acme");
      String globex = sandbox.keyOf("globex");
      sandbox.add(5L, "jo@example.com");
      sandbox.add(acme, 5L, "ann@example.com");
      sandbox.add(acme, null, "jo@example.com");
      sandbox.add(globex, 7L, null);
      rename(sandbox, acme, 5, "A");
      rename(sandbox, sandbox.exampleKey(), 5, "D");
    }
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.rehearsal(store()))) {
      String globex = sandbox.keyOf("globex");
      String acme = sandbox.keyOf("acme");
      sandbox.add(acme, null, "JO@example.com");
      sandbox.add(acme, null, "kim@example.com");

      assertThat(listedAddresses(sandbox, sandbox.exampleKey())).containsExactly("jo@example.com");
      assertThat(listedAddresses(sandbox, acme))
          .containsExactly("ann@example.com", "jo@example.com", "kim@example.com");
      assertThat(listedIds(sandbox, globex)).containsExactly(7L);
      assertThat(name(sandbox, acme, 5)).isEqualTo("A");
      assertThat(name(sandbox, sandbox.exampleKey(), 5)).isEqualTo("D");
      assertThat(listedIds(sandbox, sandbox.keyOf("new"))).hasSize(100);
    }
  }

  @Test
  void aWorkspaceHasTheSameKeyInEveryRehearsalAndTheDefaultOneTheUsualKey() throws Exception {
    try (Sandbox one = Sandbox.start(SandboxSettings.rehearsal(null));
        Sandbox other = Sandbox.start(SandboxSettings.rehearsal(null))) {
      other.keyOf("globex");

      assertThat(one.keyOf("acme"))
          .isEqualTo(one.keyOf("acme"))
          .isEqualTo(other.keyOf("acme"))
          .isNotIn(other.keyOf("globex"), one.exampleKey());
      assertThat(one.keyOf("default")).isEqualTo(one.exampleKey());
    }
  }

  @Test
  void elsewhereAWorkspaceHasTheKeyThatIsNamedSo() throws Exception {
    try (Sandbox sandbox = Sandbox.start(settings(ACME, GLOBEX))) {
      assertThat(sandbox.keyOf("globex")).isEqualTo(GLOBEX.value());
      assertThatThrownBy(() -> sandbox.keyOf("initech"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("no key of this sandbox is named initech");
    }
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
      assertThatThrownBy(() -> sandbox.keyOf("acme")).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void keysAndNamesAreDifferent() {
    SandboxKey sameKey = new SandboxKey(ACME.value(), "other", 1, List.of());
    SandboxKey sameName = new SandboxKey("other", ACME.name(), 1, List.of());

    assertThatThrownBy(() -> settings(ACME, GLOBEX, sameKey))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("found the same key twice, expected it once");
    assertThatThrownBy(() -> settings(ACME, sameName))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("found the same name of a key twice, expected it once");
    assertThatThrownBy(() -> TestSettings.key("x").with(List.of(ACME)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("found one required key and several keys, expected either");
  }
}
