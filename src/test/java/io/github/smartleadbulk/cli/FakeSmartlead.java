package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import io.github.smartleadbulk.sandbox.ScriptedSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A sandbox whose every account a test can shape, and that keeps what it was asked. */
final class FakeSmartlead extends ScriptedSandbox {

  private static final JsonMapper JSON = JsonMapper.shared();

  /**
   * A call.
   *
   * @param offset of a page; -1 for a call about one account
   * @param account 0 for a page
   * @param body of an update; JSON's null for a read
   */
  record Call(long offset, long account, String key, JsonNode body) {
    boolean isPage() {
      return offset >= 0;
    }

    boolean isUpdate() {
      return !body.isNull();
    }
  }

  /** An answer that a test gives. */
  record Answer(int status, String body) {}

  /** What a test answers instead. */
  interface Script {
    /** Returns null for the usual answer. */
    Answer answer(Call call) throws IOException;
  }

  volatile Script script = call -> null;

  private final List<Call> calls = new ArrayList<>();

  private FakeSmartlead() throws IOException {}

  /** With accounts 1 to {@code accounts}, all alike. */
  static FakeSmartlead start(int accounts) throws IOException {
    FakeSmartlead fake = new FakeSmartlead();
    LongStream.rangeClosed(1, accounts).forEach(fake::add);
    return fake;
  }

  @Override
  protected Reply script(long offset, long account, String key, String body) {
    Call call =
        new Call(offset, account, key, body.isEmpty() ? JSON.nullNode() : JSON.readTree(body));
    synchronized (this) {
      calls.add(call);
    }
    try {
      Answer scripted = script.answer(call);
      return scripted == null ? null : new Reply(scripted.status(), scripted.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The usual one; what an update asks for is applied. */
  Answer answer(Call call) {
    if (call.isPage()) {
      return new Answer(200, page(call.offset()));
    }
    Reply reply = about(call.account(), call.isUpdate() ? call.body().toString() : "");
    return new Answer(reply.status(), reply.body());
  }

  /** The accounts are as they were, and nothing has been asked. */
  @Override
  public synchronized void restore(List<ObjectNode> copy) {
    super.restore(copy);
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
    return calls.stream().filter(Call::isUpdate).map(Call::account).sorted().toList();
  }

  /**
   * What the updates asked for, by account and then in order of arrival, such as {@code 5
   * {"bcc":""}}: calls for different accounts are sent at the same time.
   */
  synchronized List<String> updates() {
    return calls.stream()
        .filter(Call::isUpdate)
        .sorted(Comparator.comparingLong(Call::account))
        .map(call -> call.account() + " " + call.body())
        .toList();
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
}
