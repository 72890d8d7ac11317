package io.github.smartleadbulk.sandbox;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.SettingValue;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A sandbox without limits, whose accounts are a test's own JSON and whose answers a test may give
 * instead. All else is what the sandbox does.
 */
public abstract class ScriptedSandbox implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String LIST = "/email-accounts/";

  private final Map<Long, ObjectNode> accountsById = new LinkedHashMap<>();
  private final Accounts accounts = new ShapedAccounts();
  private final Endpoints endpoints = new AccountEndpoints(anyKey -> accounts, ListFaults.none());
  private final Sandbox sandbox;
  public final String url;

  // No call comes before the test has its sandbox.
  @SuppressWarnings("this-escape")
  protected ScriptedSandbox() throws IOException {
    sandbox =
        Sandbox.start(SandboxSettings.defaults(), request -> {}, unused -> this::answerScripted);
    url = sandbox.baseUrl().toString();
  }

  /** An answer of the sandbox or of a test. */
  public record Reply(int status, String body) {}

  /**
   * Called for each call. The offset is -1 and the account 0 where there is none; null for the
   * usual answer.
   */
  protected abstract Reply script(long offset, long account, String key, String body);

  private ApiResponse answerScripted(ApiRequest request, byte[] body) {
    Long account = request.accountId();
    long offset = account == null ? Long.parseLong(request.query().get("offset")) : -1;
    String text = new String(body, StandardCharsets.UTF_8);
    Reply scripted = script(offset, account == null ? 0 : account, request.key(), text);
    return scripted == null
        ? answer(request, body)
        : ApiResponse.jsonText(scripted.status(), scripted.body());
  }

  private synchronized ApiResponse answer(ApiRequest request, byte[] body) {
    return endpoints.answer(request, body);
  }

  /** The usual answer about one account; an update, which has a body, takes effect. */
  protected final Reply about(long account, String body) {
    return usual(body.isEmpty() ? "GET" : "POST", LIST + account, body);
  }

  /** The list from an offset on. */
  public final String page(long offset) {
    return page(offset, 100);
  }

  public final String page(long offset, int rows) {
    return usual("GET", LIST + "?offset=" + offset + "&limit=" + rows, "").body();
  }

  private Reply usual(String method, String path, String body) {
    ApiRequest request = ApiRequest.of(method, URI.create(ApiRequest.ROOT + path));
    ApiResponse answer = answer(request, body.getBytes(StandardCharsets.UTF_8));
    return new Reply(answer.status(), answer.body());
  }

  /** Adds an account that is like all others. */
  public final synchronized ObjectNode add(long id) {
    ObjectNode account = JSON.createObjectNode().put("id", id);
    account.put("from_email", "a" + id + "@example.com").put("from_name", "Anna");
    account.put("message_per_day", 20).put("signature", "<p>Anna</p>");
    account.putNull("custom_tracking_domain").putNull("bcc_email").put("client_id", 7);
    account.put("minTimeToWaitInMins", 5).put("password", AccountJson.PASSWORD_START + id);
    accountsById.put(id, account);
    return account;
  }

  /** As the list shows it, and to be changed. */
  public final synchronized ObjectNode account(long id) {
    return accountsById.get(id);
  }

  public final synchronized void remove(long id) {
    accountsById.remove(id);
  }

  /** All accounts as they are, for {@link #restore}. */
  public final synchronized List<ObjectNode> copy() {
    return accountsById.values().stream().map(ObjectNode::deepCopy).toList();
  }

  /** The accounts are as they were. */
  public synchronized void restore(List<ObjectNode> copy) {
    accountsById.clear();
    copy.forEach(account -> accountsById.put(account.get("id").longValue(), account.deepCopy()));
  }

  @Override
  public final void close() {
    sandbox.close();
  }

  /** The accounts as a test has shaped them, to the letter. */
  private final class ShapedAccounts implements Accounts {

    @Override
    public boolean contains(long id) {
      return accountsById.containsKey(id);
    }

    @Override
    public long listed(long index) {
      return accountsById.keySet().stream().skip(index).findFirst().orElse(0L);
    }

    @Override
    public long[] listed(String address) {
      return accountsById.keySet().stream()
          .mapToLong(id -> id)
          .filter(id -> inList(id).path("from_email").asString("").equalsIgnoreCase(address))
          .toArray();
    }

    @Override
    public boolean isOfClient(long id, String clientId) {
      return inList(id).path("client_id").asString("").equals(clientId);
    }

    @Override
    public ObjectNode inList(long id) {
      return accountsById.get(id);
    }

    @Override
    public ObjectNode alone(long id) {
      ObjectNode alone = inList(id).deepCopy();
      alone.remove(AccountField.TIME_TO_WAIT_IN_MINS.answerName());
      return alone;
    }

    @Override
    public void apply(long id, Map<AccountField, SettingValue> update) {
      ObjectNode account = accountsById.get(id);
      update.forEach(
          (field, value) -> {
            if (field.isToldByList() || account.has(field.answerName())) {
              account.set(field.answerName(), JSON.<JsonNode>valueToTree(value.json()));
            }
          });
    }
  }
}
