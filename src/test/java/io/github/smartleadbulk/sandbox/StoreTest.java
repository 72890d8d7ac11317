package io.github.smartleadbulk.sandbox;

import static io.github.smartleadbulk.sandbox.Sandbox.FIRST_ACCOUNT_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.SettingValue;
import java.net.BindException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StoreTest {

  private static final long LAST_ID = FIRST_ACCOUNT_ID + 999;

  @TempDir Path folder;

  private Path store;

  @BeforeEach
  void store() {
    store = folder.resolve("accounts.store");
  }

  private void update(long id, String json) throws Exception {
    try (Sandbox sandbox = Sandbox.start(TestSettings.store(store))) {
      assertThat(new Caller(sandbox).update(id, json).statusCode()).isEqualTo(200);
    }
  }

  private Map<AccountField, SettingValue> settings(Path file, long id) throws Exception {
    try (Sandbox sandbox = Sandbox.start(TestSettings.store(file))) {
      return sandbox.settingsOf(id);
    }
  }

  private static JsonNode list(Sandbox sandbox) throws Exception {
    return JsonMapper.shared().readTree(new Caller(sandbox).get("/email-accounts/").body());
  }

  @Test
  void changesAreThereInTheNextSandbox() throws Exception {
    update(FIRST_ACCOUNT_ID, "{\"signature\":\"<p>ä</p>\",\"max_email_per_day\":7}");
    update(LAST_ID, "{\"client_id\":null}");
    update(FIRST_ACCOUNT_ID, "{\"max_email_per_day\":8}");

    assertThat(settings(store, FIRST_ACCOUNT_ID))
        .containsEntry(AccountField.SIGNATURE, new SettingValue.Text("<p>ä</p>"))
        .containsEntry(AccountField.MAX_EMAIL_PER_DAY, new SettingValue.Whole(8));
    assertThat(settings(store, LAST_ID))
        .containsEntry(AccountField.CLIENT_ID, new SettingValue.None());
  }

  @Test
  void withoutAStoreNothingIsKept() throws Exception {
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
      new Caller(sandbox).update(FIRST_ACCOUNT_ID, "{\"max_email_per_day\":7}");
    }
    assertThat(settings(store, FIRST_ACCOUNT_ID))
        .doesNotContainEntry(AccountField.MAX_EMAIL_PER_DAY, new SettingValue.Whole(7));
  }

  /** A copy of the file at that moment is all that a killed process would leave. */
  @Test
  void whatWasAnsweredIsInTheFile() throws Exception {
    Path copy = folder.resolve("copy");
    try (Sandbox sandbox = Sandbox.start(TestSettings.store(store))) {
      new Caller(sandbox).update(FIRST_ACCOUNT_ID, "{\"max_email_per_day\":7}");
      Files.copy(store, copy);
    }
    assertThat(settings(copy, FIRST_ACCOUNT_ID))
        .containsEntry(AccountField.MAX_EMAIL_PER_DAY, new SettingValue.Whole(7));
  }

  @Test
  void anUpdateThatChangesNothingTakesNoSpace() throws Exception {
    update(FIRST_ACCOUNT_ID, "{\"max_email_per_day\":7}");
    long size = Files.size(store);
    update(FIRST_ACCOUNT_ID, "{\"max_email_per_day\":7}");

    assertThat(store).hasSize(size);
  }

  /** As a kill or a full disk may leave the file: the change before it is there. */
  @Test
  void aLastChangeThatIsTornIsLeftOutWhereverItIsTorn() throws Exception {
    byte[] whole;
    byte[] more;
    try (Sandbox sandbox = Sandbox.start(TestSettings.store(store))) {
      new Caller(sandbox).update(FIRST_ACCOUNT_ID, "{\"max_email_per_day\":7}");
      whole = Files.readAllBytes(store);
      new Caller(sandbox).update(FIRST_ACCOUNT_ID, "{\"max_email_per_day\":8}");
      more = Files.readAllBytes(store);
    }
    assertThat(more).hasSizeGreaterThan(whole.length);

    for (int length = whole.length; length < more.length; length += 255) {
      Files.write(store, Arrays.copyOf(more, length));
      assertThat(settings(store, FIRST_ACCOUNT_ID))
          .as("torn at byte %d", length)
          .containsEntry(AccountField.MAX_EMAIL_PER_DAY, new SettingValue.Whole(7));
    }
    Files.write(store, Arrays.copyOf(more, more.length - 1));
    update(FIRST_ACCOUNT_ID, "{\"max_email_per_day\":9}");
    assertThat(settings(store, FIRST_ACCOUNT_ID))
        .containsEntry(AccountField.MAX_EMAIL_PER_DAY, new SettingValue.Whole(9));
  }

  /** The first two blocks are the header and its copy. */
  @ParameterizedTest
  @CsvSource({
    "16, 8192, this file is damaged",
    "8192, 999999, this is not a sandbox file",
  })
  void aDamagedFileIsRefusedAndNothingIsCutOff(int from, int to, String reason) throws Exception {
    update(FIRST_ACCOUNT_ID, "{\"max_email_per_day\":7}");
    byte[] content = Files.readAllBytes(store);
    Arrays.fill(content, from, Math.min(to, content.length), (byte) 'x');
    Files.write(store, content);

    assertThatThrownBy(() -> Sandbox.start(TestSettings.store(store)))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(store + ": " + reason + "; it was not changed");
    assertThat(store).hasBinaryContent(content);
  }

  @Test
  void aFileOfAnEarlierVersionIsRefusedAndLeftAsItIs() throws Exception {
    Files.writeString(store, "smartlead-bulk sandbox store 1\n\0\0");

    assertThatThrownBy(() -> Sandbox.start(TestSettings.store(store)))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(
            store + ": an earlier version of this program wrote this file; choose a new file");
    assertThat(store).hasContent("smartlead-bulk sandbox store 1\n\0\0");
  }

  /** Such as the state of a run. */
  @Test
  void aDatabaseIsRefusedAndLeftAsItIs() throws Exception {
    try (MVStore database = MVStore.open(store.toString())) {
      database.openMap("table").put("key", "value");
    }
    byte[] content = Files.readAllBytes(store);

    assertThatThrownBy(() -> Sandbox.start(TestSettings.store(store)))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(store + ": this is not a sandbox file; it was not changed");
    assertThat(store).hasBinaryContent(content);
  }

  @ParameterizedTest
  @ValueSource(strings = {"id,max_email_per_day\n10000001,40\n10000002,40\n", "x", "\n"})
  void aFileOfAnotherKindIsRefusedAndLeftAsItIs(String content) throws Exception {
    Files.writeString(store, content);

    assertThatThrownBy(() -> Sandbox.start(TestSettings.store(store)))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(store + ": this is not a sandbox file; it was not changed");
    assertThat(store).hasContent(content);
  }

  @Test
  void aFileBelongsToOneSandboxAtATime() throws Exception {
    try (Sandbox sandbox = Sandbox.start(TestSettings.store(store))) {
      assertThatThrownBy(() -> Sandbox.start(SandboxSettings.rehearsal(store)))
          .isInstanceOf(FileSystemException.class)
          .hasMessage(store + ": another sandbox is using this file");
      new Caller(sandbox).update(FIRST_ACCOUNT_ID, "{\"max_email_per_day\":7}");
    }
    assertThat(settings(store, FIRST_ACCOUNT_ID))
        .containsEntry(AccountField.MAX_EMAIL_PER_DAY, new SettingValue.Whole(7));
  }

  @Test
  void aSandboxThatCannotStartLetsTheFileGo() throws Exception {
    try (Sandbox other = Sandbox.start(SandboxSettings.defaults())) {
      int taken = other.baseUrl().getPort();
      SandboxSettings settings = TestSettings.store(store);
      assertThatThrownBy(
              () ->
                  Sandbox.start(
                      new SandboxSettings(
                          taken,
                          settings.accounts(),
                          settings.windows(),
                          settings.latency(),
                          settings.faults(),
                          null,
                          settings.seed(),
                          store)))
          .isInstanceOf(BindException.class);
    }
    update(FIRST_ACCOUNT_ID, "{\"max_email_per_day\":7}");
  }

  @Test
  void aRehearsalListsWhatThisAndEarlierOnesAdded() throws Exception {
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.rehearsal(store))) {
      sandbox.add(7L, null);
      sandbox.add(null, "jo@example.com");
      sandbox.add(5L, "a@example.com");
      new Caller(sandbox).update(5, "{\"from_name\":\"X\"}");
      new Caller(sandbox).update(6, "{\"from_name\":\"Y\"}");
    }
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.rehearsal(store))) {
      sandbox.add(7L, "b@example.com");
      sandbox.add(null, "jo@example.com");
      sandbox.add(8L, null);
    }
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.rehearsal(store))) {
      JsonNode rows = list(sandbox);
      assertThat(rows)
          .extracting(row -> row.get("from_email").stringValue())
          .containsExactly(
              "b@example.com", "jo@example.com", "a@example.com", MadeUpAccounts.address(8));
      assertThat(rows.get(2).get("id").longValue()).isEqualTo(5);
      assertThat(rows.get(2).get("from_name").stringValue()).isEqualTo("X");
      assertThat(sandbox.settingsOf(6))
          .containsEntry(AccountField.FROM_NAME, new SettingValue.Text("Y"));
    }
  }

  @Test
  void otherSandboxesShareChangesAndAddressesButNotTheList() throws Exception {
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.rehearsal(store))) {
      sandbox.add(LAST_ID, "jo@example.com");
      sandbox.add(5L, "jo@example.com");
      new Caller(sandbox).update(LAST_ID, "{\"max_email_per_day\":7}");
    }
    try (Sandbox sandbox = Sandbox.start(TestSettings.store(store))) {
      assertThat(list(sandbox)).hasSize(100);
      assertThat(new Caller(sandbox).get("/email-accounts/5").statusCode()).isEqualTo(404);
      String found = new Caller(sandbox).get("/email-accounts/?username=jo@example.com").body();
      JsonNode rows = JsonMapper.shared().readTree(found);
      assertThat(rows).hasSize(1);
      assertThat(rows.get(0).get("id").longValue()).isEqualTo(LAST_ID);
      assertThat(rows.get(0).get("message_per_day").asInt()).isEqualTo(7);
    }
  }

  @Test
  void anEmptyFileBecomesAStore() throws Exception {
    Files.write(store, new byte[0], StandardOpenOption.CREATE_NEW);
    update(FIRST_ACCOUNT_ID, "{\"max_email_per_day\":7}");

    assertThat(settings(store, FIRST_ACCOUNT_ID))
        .containsEntry(AccountField.MAX_EMAIL_PER_DAY, new SettingValue.Whole(7));
  }
}
