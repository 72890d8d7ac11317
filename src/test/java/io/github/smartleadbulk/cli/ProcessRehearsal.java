package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.sandbox.FaultPlan;
import io.github.smartleadbulk.sandbox.Sandbox;
import io.github.smartleadbulk.sandbox.SandboxRequest;
import io.github.smartleadbulk.sandbox.SandboxSettings;
import io.github.smartleadbulk.state.StateStore;
import io.github.smartleadbulk.state.TestState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A sandbox in this process, and the program in others, one after another. */
final class ProcessRehearsal implements AutoCloseable {

  /** Calls that the program has under way at once. */
  static final int CONCURRENCY = 8;

  private static final String KEY = "right-key";

  final Path home;
  final Path input;
  volatile Consumer<SandboxRequest> onRequest = request -> {};

  private final Sandbox sandbox;
  private final int rows;

  /** The accounts that each process has updated, as often as it did, by number of process. */
  private final List<Queue<Long>> accountsByProcess = new ArrayList<>();

  private volatile Queue<Long> accountsOfProcess = new ConcurrentLinkedQueue<>();

  ProcessRehearsal(Path home, int rows, Duration latency) throws IOException {
    this(home, rows, 5_000, latency);
  }

  ProcessRehearsal(Path home, int rows, int accounts, Duration latency) throws IOException {
    this.home = home;
    this.rows = rows;
    this.input = home.resolve("accounts.csv");
    this.sandbox =
        Sandbox.start(
            new SandboxSettings(0, accounts, List.of(), latency, FaultPlan.none(), KEY, 1, null),
            request -> {
              // Pages of the list are nobody's rows.
              if (request.accountId() != null) {
                if (request.status() == 200) {
                  accountsOfProcess.add(request.accountId());
                }
                onRequest.accept(request);
              }
            });
    writeInput(1);
  }

  String baseUrl() {
    return sandbox.baseUrl().toString();
  }

  /** A file with a row for every account; another value is another content. */
  void writeInput(int value) throws IOException {
    Files.writeString(
        input,
        accounts()
            .mapToObj(account -> account + "," + value + "\n")
            .collect(Collectors.joining("", "id,max_email_per_day\n", "")));
    accountsByProcess.clear();
  }

  private LongStream accounts() {
    return LongStream.range(Sandbox.FIRST_ACCOUNT_ID, Sandbox.FIRST_ACCOUNT_ID + rows);
  }

  ProgramProcess update() throws IOException {
    return start(List.of(), "update", input.toString());
  }

  /** With options of its own. */
  ProgramProcess updateWith(String... options) throws IOException {
    return start(
        List.of(),
        Stream.concat(Stream.of("update", input.toString()), Stream.of(options))
            .toArray(String[]::new));
  }

  /** No file may become larger than so many kilobytes, as if the disk were full. */
  ProgramProcess updateWithFilesOfUpTo(int kilobytes, String snapshot) throws IOException {
    return start(
        List.of("bash", "-c", "ulimit -f " + kilobytes + "; exec \"$@\"", "-"),
        "update",
        input.toString(),
        "--snapshot",
        snapshot);
  }

  /**
   * @param launcher becomes the program
   */
  ProgramProcess updateIn(List<String> launcher) throws IOException {
    return start(launcher, "update", input.toString());
  }

  /** An update with as many calls under way as the program sees fit. */
  ProgramProcess run(List<String> launcher, String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of("update", input.toString()));
    all.addAll(List.of("--base-url", sandbox.baseUrl().toString(), "--rate", "unlimited"));
    all.addAll(List.of(options));
    return ProgramProcess.start(home, KEY, launcher, all);
  }

  /** From now on every account has a signature of this length. */
  void giveSignatures(int characters) throws IOException, InterruptedException {
    String body = "{\"signature\":\"" + "x".repeat(characters) + "\"}";
    HttpClient http = HttpClient.newHttpClient();
    for (long account : accounts().toArray()) {
      URI uri = URI.create(sandbox.baseUrl() + "/email-accounts/" + account + "?api_key=" + KEY);
      HttpRequest request =
          HttpRequest.newBuilder(uri)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      assertThat(status).isEqualTo(200);
    }
  }

  /**
   * A command that only reads.
   *
   * @param launcher becomes the program
   */
  ProgramProcess lookIn(List<String> launcher, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    if (all.contains("export")) {
      all.addAll(List.of("--base-url", sandbox.baseUrl().toString()));
    }
    return ProgramProcess.start(home, KEY, launcher, all);
  }

  /**
   * A machine that shares a database with others.
   *
   * @param folder its state folder
   * @param url of the database, as the machine reaches it
   */
  record Machine(Path folder, String url) {

    Path runFolder(int run) {
      return TestState.copies(folder, url).resolve("runs").resolve(Integer.toString(run));
    }
  }

  /** A command that makes calls, on a machine. */
  ProgramProcess on(Machine machine, String... arguments) throws IOException {
    accountsOfProcess = new ConcurrentLinkedQueue<>();
    accountsByProcess.add(accountsOfProcess);
    return look(machine, withApi(arguments).toArray(String[]::new));
  }

  /** A command that makes no calls, on a machine. */
  ProgramProcess look(Machine machine, String... arguments) throws IOException {
    return ProgramProcess.start(
        home,
        Map.of(
            "SMARTLEAD_API_KEY",
            KEY,
            "SMARTLEAD_STATE_DIR",
            machine.folder().toString(),
            "SMARTLEAD_STATE_URL",
            machine.url()),
        List.of(),
        List.of(arguments));
  }

  ProgramProcess resume() throws IOException {
    return start(List.of(), "resume");
  }

  /** A command that only reads. */
  ProgramProcess look(String... arguments) throws IOException {
    return ProgramProcess.start(home, KEY, List.of(), List.of(arguments));
  }

  private ProgramProcess start(List<String> launcher, String... arguments) throws IOException {
    accountsOfProcess = new ConcurrentLinkedQueue<>();
    accountsByProcess.add(accountsOfProcess);
    return ProgramProcess.start(home, KEY, launcher, withApi(arguments));
  }

  private List<String> withApi(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(
        List.of(
            "--base-url",
            sandbox.baseUrl().toString(),
            "--rate",
            "unlimited",
            "--concurrency",
            Integer.toString(CONCURRENCY)));
    return all;
  }

  /** How many processes have worked on the input. */
  int processes() {
    return accountsByProcess.size();
  }

  /** The accounts that a process has updated; it must have sent each of them once. */
  Set<Long> updatedBy(int process) {
    List<Long> accounts = List.copyOf(accountsByProcess.get(process));
    assertThat(accounts).as("of process %d", process).doesNotHaveDuplicates();
    return Set.copyOf(accounts);
  }

  Map<Long, Long> updatesByAccount() {
    return accountsByProcess.stream()
        .flatMap(Queue::stream)
        .collect(Collectors.groupingBy(account -> account, Collectors.counting()));
  }

  /** Accounts whose row has an outcome on record, read as the program would. */
  Set<Long> journalled(int run) throws IOException {
    Optional<StateStore> found = TestState.openToRead(home.resolve("var"));
    if (found.isEmpty()) {
      return Set.of();
    }
    try (StateStore store = found.get()) {
      return store.outcomes().page(run, 0, rows).stream()
          .map(RowOutcome::accountId)
          .collect(Collectors.toSet());
    }
  }

  /** Every row has one line, in the order of the input, and was updated. */
  void assertResultsWhole(int run) throws IOException {
    assertResultsWhole(runFolder(run));
    try (StateStore store = TestState.open(home.resolve("var"))) {
      assertThat(store.rowCounts().of(run)).isEqualTo(Map.of(RowStatus.UPDATED, (long) rows));
    }
  }

  /** The same of the results in the folder of a run. */
  void assertResultsWhole(Path folder) throws IOException {
    List<String> expected = new ArrayList<>();
    accounts()
        .forEach(
            account -> {
              long row = account - Sandbox.FIRST_ACCOUNT_ID + 1;
              expected.add(
                  "%d,%d,%d,updated,max_email_per_day,200,1,".formatted(row, row + 1, account));
            });
    List<String> lines = Files.readAllLines(folder.resolve("results.csv"));
    assertThat(lines.subList(1, lines.size()))
        .extracting(line -> line.substring(0, line.lastIndexOf(',')))
        .isEqualTo(expected);
  }

  Path runFolder(int run) {
    return TestState.runFolder(home.resolve("var"), run);
  }

  @Override
  public void close() {
    sandbox.close();
  }
}
