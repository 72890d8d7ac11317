package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.cli.FakeSmartlead.Call;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import io.github.smartleadbulk.crash.TracedFiles;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.RunStatus;
import io.github.smartleadbulk.state.StateStore;
import io.github.smartleadbulk.state.TestState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import tools.jackson.databind.node.ObjectNode;

/**
 * A run of which every change to a file is known, and what the server had done by then: so that the
 * folder can be made as a crash would have left it, the server be put back to the same moment, and
 * the next start be tried.
 *
 * <p>Of the rows, the first is so already, the second is invalid, and the third is for an account
 * that is not there.
 */
final class CrashRehearsal implements AutoCloseable {

  static final int ROWS = 20;
  static final int CONCURRENCY = 4;

  /** A call, and how many changes to files had been made when it arrived. */
  private record Arrival(int operations, Call call) {}

  final FakeSmartlead api;
  private final Path temp;
  private final List<ObjectNode> atFirst;
  private final List<ObjectNode> atTheEnd;
  private List<ObjectNode> atBeginning;
  private List<Arrival> arrivals = new ArrayList<>();
  private TracedFiles files;

  CrashRehearsal(Path temp) throws IOException {
    this.temp = temp;
    api = FakeSmartlead.start(ROWS + 10);
    api.remove(3);
    api.account(1).put("message_per_day", limit(1));
    atFirst = api.copy();
    for (long row = 4; row <= ROWS; row++) {
      api.account(row).put("message_per_day", limit(row)).put("signature", signature(row));
    }
    atTheEnd = api.copy();
    api.restore(atFirst);
  }

  private static long limit(long row) {
    return 100 + row;
  }

  private static String signature(long row) {
    return "<p>Row " + row + ", \"new\"</p>";
  }

  /** A home with the input in it, and nothing else. */
  Path home(String name) throws IOException {
    Path home = Files.createDirectories(temp.resolve(name));
    Files.write(
        home.resolve("rows.csv"),
        LongStream.rangeClosed(0, ROWS)
            .mapToObj(
                row ->
                    row == 0
                        ? "id,max_email_per_day,signature"
                        : row == 1
                            ? "1," + limit(1) + ","
                            : row == 2
                                ? "2,many,"
                                : "%d,%d,\"%s\""
                                    .formatted(
                                        row, limit(row), signature(row).replace("\"", "\"\"")))
            .toList());
    return home;
  }

  /** Runs a command whose changes to files are traced. */
  Ended traced(Path home, String... arguments) throws IOException {
    atBeginning = api.copy();
    arrivals = Collections.synchronizedList(new ArrayList<>());
    files = new TracedFiles(home);
    TracedFiles traced = files;
    api.script =
        call -> {
          arrivals.add(new Arrival(traced.trace().size(), call));
          return null;
        };
    try {
      return run(files.root(), arguments);
    } finally {
      api.script = call -> null;
    }
  }

  TracedFiles files() {
    return files;
  }

  /** The server is as it was so many changes to files after the beginning of the trace. */
  void serverAt(int operations) {
    api.restore(atBeginning);
    for (Arrival arrival : List.copyOf(arrivals)) {
      if (arrival.operations() <= operations && !arrival.call().isPage()) {
        var unused = api.answer(arrival.call());
      }
    }
  }

  private List<Call> arrived(int operations) {
    return List.copyOf(arrivals).stream()
        .filter(arrival -> arrival.operations() <= operations)
        .map(Arrival::call)
        .toList();
  }

  Ended run(Path home, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    if (!List.of("runs", "show", "prune").contains(arguments[0])) {
      all.addAll(
          List.of(
              "--base-url",
              api.url,
              "--rate",
              "5000/s",
              "--reserve",
              "0",
              "--concurrency",
              Integer.toString(CONCURRENCY)));
    }
    return new TestProgram(home).with("SMARTLEAD_API_KEY", "key").run(all.toArray(String[]::new));
  }

  /**
   * What is on record of run 1 for whoever looks.
   *
   * @param ended the accounts whose rows have ended
   * @param calls that were made, or were about to be
   */
  record OnRecord(boolean finished, Set<Long> ended, long calls) {

    static OnRecord of(Path home) throws IOException {
      Optional<StateStore> store = TestState.openToRead(home.resolve("var"));
      if (store.isEmpty()) {
        return new OnRecord(false, Set.of(), 0);
      }
      try (StateStore open = store.get()) {
        Optional<RunRecord> run = open.runs().find(1);
        return new OnRecord(
            run.filter(one -> one.status() == RunStatus.FINISHED).isPresent(),
            open.outcomes().page(1, 0, ROWS).stream()
                .map(RowOutcome::accountId)
                .filter(id -> id != null)
                .collect(Collectors.toSet()),
            run.map(RunRecord::calls).orElse(0L));
      }
    }

    /** Whether the next start may send to an account: a new run tries failed rows again. */
    boolean maySendTo(long account) {
      return finished ? account == 3 : !ended.contains(account);
    }
  }

  /**
   * Goes on in a folder as a crash has left it, and holds everything that must hold then.
   *
   * @param operations after which the crash came
   */
  void assertGoesOn(Path home, int operations, String crash) throws IOException {
    serverAt(operations);
    List<Call> before = arrived(operations);
    Set<Long> appliedBefore =
        before.stream()
            .filter(call -> !call.isPage())
            .map(Call::account)
            .collect(Collectors.toSet());
    OnRecord onRecord = OnRecord.of(home);
    assertThat(onRecord.calls())
        .as("calls on record, %s", crash)
        .isGreaterThanOrEqualTo(before.size());

    Ended next = run(home, "update", "rows.csv");

    assertThat(next.exitCode()).as("%s: %s", crash, next.err()).isEqualTo(1);
    assertThat(api.updated()).as("sent, %s", crash).allMatch(onRecord::maySendTo);
    Set<Long> repeated = new HashSet<>(api.updated());
    repeated.retainAll(appliedBefore);
    assertThat(repeated).as("repeated, %s", crash).hasSizeLessThanOrEqualTo(CONCURRENCY);
    assertWhole(home, crash);
  }

  /** Run 1 is there, whole and right, and so are the accounts. */
  void assertWhole(Path home, String crash) throws IOException {
    assertThat(api.copy()).as("accounts, %s", crash).hasToString(atTheEnd.toString());
    Path run = TestState.runFolder(home.resolve("var"), 1);
    assertThat(statuses(run.resolve("results.csv")))
        .as("results.csv, %s", crash)
        .isEqualTo(expected());
    assertThat(Files.readAllLines(run.resolve("before.csv")))
        .as("before.csv, %s", crash)
        .hasSize(ROWS - 2)
        .allMatch(
            line ->
                line.matches(
                    "email_account_id,max_email_per_day,signature,_message|\\d+,20,<p>Anna</p>,"));
  }

  private static List<String> statuses(Path results) throws IOException {
    return Files.readAllLines(results).stream()
        .skip(1)
        .map(line -> line.replaceFirst("(\\d+),\\d+,(\\d*),(\\w+),.*", "$1 $2 $3"))
        .toList();
  }

  static List<String> expected() {
    return LongStream.rangeClosed(1, ROWS)
        .mapToObj(
            row ->
                row
                    + " "
                    + row
                    + " "
                    + (row == 1
                        ? "unchanged"
                        : row == 2 ? "invalid" : row == 3 ? "failed" : "updated"))
        .toList();
  }

  /** The accounts before run 1. */
  List<ObjectNode> atFirst() {
    return atFirst;
  }

  /** The accounts behind run 1. */
  List<ObjectNode> atTheEnd() {
    return atTheEnd;
  }

  @Override
  public void close() {
    api.close();
  }
}
