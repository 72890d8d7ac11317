package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import io.github.smartleadbulk.sandbox.FaultPlan;
import io.github.smartleadbulk.sandbox.Sandbox;
import io.github.smartleadbulk.sandbox.SandboxRequest;
import io.github.smartleadbulk.sandbox.SandboxSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;

/**
 * Machines that share a database, and a strict server for each of three workspaces: it enforces the
 * window of its key on arrivals and counts them by account.
 */
final class Cluster implements AutoCloseable {

  static final List<String> NAMES = List.of("acme", "globex", "initech");

  /** Calls that a run has under way at once for a workspace. */
  static final int CONCURRENCY = 4;

  private static final long FIRST = Sandbox.FIRST_ACCOUNT_ID;

  final String url;
  private final Path home;
  private final int accounts;
  private final Map<String, Sandbox> servers = new TreeMap<>();
  private final Map<String, Map<Long, Integer>> updates = new ConcurrentHashMap<>();
  private final AtomicInteger refused = new AtomicInteger();
  private final List<ProgramProcess> processes = new ArrayList<>();

  /** Is told of each update that a server has accepted, before the answer is sent. */
  volatile BiConsumer<String, SandboxRequest> onUpdate = (workspace, request) -> {};

  /**
   * @param url of the database
   * @param accounts how many each workspace has
   */
  Cluster(Path home, String url, int accounts, Duration latency, RateWindow window)
      throws IOException {
    this.home = home;
    this.url = url;
    this.accounts = accounts;
    List<String> config = new ArrayList<>();
    config.add("rate = " + window);
    config.add("reserve = 0");
    config.add("snapshot = none");
    config.add("concurrency = " + CONCURRENCY);
    for (String name : NAMES) {
      updates.put(name, new ConcurrentHashMap<>());
      Sandbox server =
          Sandbox.start(
              new SandboxSettings(
                  0, accounts, List.of(window), latency, FaultPlan.none(), "key-" + name, 1, null),
              request -> arrived(name, request));
      servers.put(name, server);
      Path key = Files.writeString(home.resolve(name + ".key"), "key-" + name + "\n");
      Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
      config.add("workspace.%s.api-key-file = %s".formatted(name, key));
      config.add("workspace.%s.base-url = %s".formatted(name, server.baseUrl()));
    }
    Files.write(
        Files.createDirectory(home.resolve("config")).resolve("smartlead-bulk.properties"), config);
  }

  private void arrived(String workspace, SandboxRequest request) {
    if (request.status() == 429) {
      refused.incrementAndGet();
    }
    if (request.accountId() != null && request.method().equals("POST") && request.status() == 200) {
      updates.get(workspace).merge(request.accountId(), 1, Integer::sum);
      onUpdate.accept(workspace, request);
    }
  }

  /** An input with a row for every account of some workspaces, by turns. */
  Path rows(String name, int limit, String... workspaces) throws IOException {
    return Files.write(
        home.resolve(name),
        LongStream.range(-1, accounts)
            .boxed()
            .flatMap(
                account ->
                    account < 0
                        ? List.of("id,max_email_per_day,workspace").stream()
                        : List.of(workspaces).stream()
                            .map(to -> (FIRST + account) + "," + limit + "," + to))
            .toList());
  }

  /** A command in this process, on a machine that makes no calls. */
  Ended command(String... arguments) {
    return new TestProgram(home)
        .with("SMARTLEAD_STATE_URL", url)
        .with("SMARTLEAD_STATE_DIR", home.resolve("office").toString())
        .run(arguments);
  }

  /** The same of a command that must end well; returns what it prints. */
  String done(String... arguments) {
    Ended ended = command(arguments);
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    return ended.out();
  }

  /** A process on a machine. It does not outlive the cluster. */
  ProgramProcess on(String machine, String... arguments) throws IOException {
    ProgramProcess process =
        ProgramProcess.start(
            home,
            Map.of(
                "SMARTLEAD_STATE_URL",
                url,
                "SMARTLEAD_STATE_DIR",
                home.resolve(machine).toString()),
            List.of(),
            List.of(arguments));
    processes.add(process);
    return process;
  }

  ProgramProcess worker(String machine) throws IOException {
    return on(machine, "worker");
  }

  /** The first value of the first row; null if there is none. */
  String ask(String sql, Object... parameters) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getString(1) : null;
      }
    }
  }

  String baseUrl(String workspace) {
    return servers.get(workspace).baseUrl().toString();
  }

  String status(int run) throws SQLException {
    return ask("SELECT status FROM run WHERE id = ?", run);
  }

  /** Waits until a run has finished and no worker has it. */
  void untilFinished(int run) throws SQLException, InterruptedException {
    until("SELECT status = 'FINISHED' FROM run WHERE id = ?", run);
    untilOutOfTheQueue(run);
  }

  /** Waits until a run is neither at work nor waiting for a worker. */
  void untilOutOfTheQueue(int run) throws SQLException, InterruptedException {
    until(
        "SELECT NOT EXISTS (SELECT 1 FROM scheduled_tasks WHERE task_instance = ?)",
        Integer.toString(run));
  }

  /** Waits until an SQL condition is true. */
  void until(String sql, Object... parameters) throws SQLException, InterruptedException {
    while (!"t".equals(ask(sql, parameters))) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  int updates() {
    return updates.values().stream()
        .flatMap(counts -> counts.values().stream())
        .mapToInt(Integer::intValue)
        .sum();
  }

  int refused() {
    return refused.get();
  }

  /** How many more updates arrived than there are accounts. */
  int repeated() {
    return updates() - updates.values().stream().mapToInt(Map::size).sum();
  }

  /**
   * Every row of the run has one line in its results, in the order of the input, and its account
   * has the new limit. No call was refused.
   */
  void assertWhole(int run, int limit, String... workspaces) throws IOException {
    Path folder = home.resolve("results-" + run + "-" + System.nanoTime());
    done("results", Integer.toString(run), "--out", folder.toString(), "-q");
    assertThat(results(folder))
        .isEqualTo(
            LongStream.range(0, accounts)
                .boxed()
                .flatMap(
                    account ->
                        List.of(workspaces).stream()
                            .map(to -> (FIRST + account) + ",updated," + to))
                .toList());
    for (String workspace : workspaces) {
      assertThat(updates.get(workspace)).as(workspace).hasSize(accounts);
      for (long account = FIRST; account < FIRST + accounts; account++) {
        assertThat(servers.get(workspace).settingsOf(account).toString())
            .as("%s %d", workspace, account)
            .contains("" + limit);
      }
    }
    assertThat(refused()).isZero();
  }

  /** The lines of {@code results.csv} in a folder: account, status, workspace. */
  static List<String> results(Path folder) throws IOException {
    return Files.readAllLines(folder.resolve("results.csv")).stream()
        .skip(1)
        .map(
            line -> {
              String[] cells = line.split(",", -1);
              return cells[2] + "," + cells[3] + "," + cells[cells.length - 1];
            })
        .toList();
  }

  @Override
  public void close() {
    processes.forEach(ProgramProcess::close);
    servers.values().forEach(Sandbox::close);
  }
}
