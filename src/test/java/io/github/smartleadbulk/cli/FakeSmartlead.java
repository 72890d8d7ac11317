package io.github.smartleadbulk.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An API whose every account a test can shape, that keeps what it was asked. */
final class FakeSmartlead implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int PAGE = 100;

  /**
   * A call.
   *
   * @param offset of a page; -1 for an update
   * @param account of an update; 0 for a page
   * @param body of an update
   */
  record Call(long offset, long account, String key, JsonNode body) {
    boolean isPage() {
      return offset >= 0;
    }
  }

  /** An answer that a test gives. */
  record Answer(int status, String body) {}

  /** What a test answers instead. */
  interface Script {
    /** Returns null for the usual answer. */
    Answer answer(Call call) throws IOException;
  }

  final String url;
  volatile Script script = call -> null;

  private final HttpServer server;
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final Map<Long, ObjectNode> accountsById = new LinkedHashMap<>();
  private final List<Call> calls = new ArrayList<>();

  private FakeSmartlead(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/", this::handle);
    server.setExecutor(workers);
    server.start();
    url = "http://127.0.0.1:" + server.getAddress().getPort() + "/api/v1";
  }

  /** With accounts 1 to {@code accounts}, all alike. */
  static FakeSmartlead start(int accounts) throws IOException {
    // As the sandbox does: without it every answer waits for an acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    FakeSmartlead fake = new FakeSmartlead(0);
    for (long id = 1; id <= accounts; id++) {
      fake.add(id);
    }
    return fake;
  }

  /** Adds an account that is like all others. */
  synchronized ObjectNode add(long id) {
    ObjectNode account = JSON.createObjectNode().put("id", id);
    account.put("from_email", "a" + id + "@example.com").put("from_name", "Anna");
    account.put("message_per_day", 20).put("signature", "<p>Anna</p>");
    account.putNull("custom_tracking_domain").putNull("bcc_email").put("client_id", 7);
    account.put("minTimeToWaitInMins", 5).put("password", "sandbox-mailbox-password-" + id);
    accountsById.put(id, account);
    return account;
  }

  /** As the list shows it, and to be changed. */
  synchronized ObjectNode account(long id) {
    return accountsById.get(id);
  }

  synchronized void remove(long id) {
    accountsById.remove(id);
  }

  /** All accounts as they are, for {@link #restore}. */
  synchronized List<ObjectNode> copy() {
    return accountsById.values().stream().map(ObjectNode::deepCopy).toList();
  }

  /** The accounts are as they were, and nothing has been asked. */
  synchronized void restore(List<ObjectNode> copy) {
    accountsById.clear();
    copy.forEach(account -> accountsById.put(account.get("id").longValue(), account.deepCopy()));
    calls.clear();
  }

  /** From now on as if nothing had been asked. */
  synchronized void forget() {
    calls.clear();
  }

  synchronized List<Long> offsets() {
    return calls.stream().filter(Call::isPage).map(Call::offset).toList();
  }

  synchronized List<Long> updated() {
    return calls.stream().filter(call -> !call.isPage()).map(Call::account).sorted().toList();
  }

  /** What the updates asked for, in order of arrival, such as {@code 5 {"bcc":""}}. */
  synchronized List<String> updates() {
    return calls.stream()
        .filter(call -> !call.isPage())
        .map(call -> call.account() + " " + call.body())
        .toList();
  }

  /** The list from an offset on. */
  String page(long offset) {
    return page(offset, PAGE);
  }

  synchronized String page(long offset, int rows) {
    ArrayNode page = JSON.createArrayNode();
    accountsById.values().stream().skip(offset).limit(rows).forEach(page::add);
    return page.toString();
  }

  /** Runs a command against this API. */
  Ended run(TestProgram program, String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(List.of("--base-url", url));
    if (!all.contains("--rate")) {
      all.addAll(List.of("--rate", "unlimited"));
    }
    return program.with("SMARTLEAD_API_KEY", "key").run(all.toArray(String[]::new));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Call call = call(exchange);
      synchronized (this) {
        calls.add(call);
      }
      Answer scripted = script.answer(call);
      Answer answer = scripted == null ? answer(call) : scripted;
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }

  private static Call call(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getQuery();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    boolean isPage = exchange.getRequestMethod().equals("GET");
    String path = exchange.getRequestURI().getPath();
    return new Call(
        isPage ? Long.parseLong(parameter(query, "offset")) : -1,
        isPage ? 0 : Long.parseLong(path.substring(path.lastIndexOf('/') + 1)),
        parameter(query, "api_key"),
        isPage ? JSON.nullNode() : JSON.readTree(body));
  }

  private static String parameter(String query, String name) {
    return Arrays.stream(query.split("&"))
        .filter(parameter -> parameter.startsWith(name + "="))
        .map(parameter -> parameter.substring(name.length() + 1))
        .findFirst()
        .orElse("");
  }

  /** The usual one; what an update asks for is applied. */
  Answer answer(Call call) {
    return call.isPage() ? new Answer(200, page(call.offset())) : update(call);
  }

  private synchronized Answer update(Call call) {
    ObjectNode account = accountsById.get(call.account());
    if (account == null) {
      return new Answer(404, "{\"error\":\"Email account not found\"}");
    }
    for (AccountField field : AccountField.values()) {
      JsonNode value = call.body().get(field.apiName());
      boolean isTold = field != AccountField.IS_SUSPENDED || account.has("is_suspended");
      if (value != null && isTold) {
        account.set(field.answerName(), value);
      }
    }
    return new Answer(200, "{\"ok\":true}");
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }
}
