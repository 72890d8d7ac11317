package io.github.smartleadbulk.bench;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.ZeroLimit;
import io.github.smartleadbulk.bench.Table.Rounds;
import io.github.smartleadbulk.fill.Fill;
import io.github.smartleadbulk.fill.Fills;
import io.github.smartleadbulk.input.DuplicatePolicy;
import io.github.smartleadbulk.input.InputOptions;
import io.github.smartleadbulk.run.RunOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The figures of {@code docs/performance.md}. One of them alone: {@code -Dtest=Benchmarks#startUp};
 * shorter: {@code -DargLine='-Dbench.rows=10000 -Dbench.rounds=1'}.
 *
 * <p>The rounds take turns, so that what else the machine does meets all of them. Rows a second are
 * as the server saw them: without what a process needs to start and to end.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class Benchmarks {

  private static final int ROWS = Integer.getInteger("bench.rows", 100_000);
  private static final int MANY_ROWS = 10 * ROWS;
  private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
  private static final int AT_ONCE = 64;

  /** The program's own flags; and what a JVM does by itself. */
  private static final String QUICK = "-XX:TieredStopAtLevel=1";

  private static final String USUAL = "-XX:TieredStopAtLevel=4";

  @TempDir private Path temp;

  private Program program(String options) {
    return new Program(temp.resolve("state"), options);
  }

  @Test
  @Order(1)
  void startUp() throws Exception {
    Program program = program("");
    // Builds, if there is something to build.
    program.run(program.command("--version"));
    Path ten = Program.input(temp, 10);
    Table table = new Table("Start-up, seconds", "command", "median", "range", "peak MiB");
    try (Server server = Server.start(0)) {
      Map<String, List<String>> commands = new LinkedHashMap<>();
      commands.put("--version", program.command("--version"));
      commands.put("--help", program.command("--help"));
      commands.put("validate, 10 rows", program.command("validate", ten.toString()));
      commands.put(
          "update, 10 rows",
          program.command(
              "update",
              ten.toString(),
              "--base-url",
              server.url(),
              "--rate",
              "unlimited",
              "--fresh"));
      Map<String, Rounds> seconds = new LinkedHashMap<>();
      Map<String, Long> peaks = new LinkedHashMap<>();
      for (int i = 0; i < 2 * ROUNDS; i++) {
        for (Map.Entry<String, List<String>> command : commands.entrySet()) {
          Execution execution = program.run(command.getValue());
          seconds.computeIfAbsent(command.getKey(), name -> new Rounds()).add(execution.seconds());
          peaks.merge(command.getKey(), execution.peakMebibytes(), Math::max);
        }
      }
      seconds.forEach(
          (name, rounds) -> table.row(name, rounds.median(), rounds.range(), peaks.get(name)));
    }
    table.print();
  }

  /** Somebody who makes calls. */
  private interface Caller {
    Execution call(String url) throws IOException, InterruptedException;
  }

  private Caller program(Path input, String options, String... arguments) {
    Program program = program(options);
    return url -> {
      program.clear();
      return program.run(program.update(input, url, arguments));
    };
  }

  private static Caller loop(String how, int rows, String options) {
    return url ->
        Execution.of(
            Execution.java(options, BareLoop.class, how, url, Integer.toString(rows), "" + AT_ONCE),
            Map.of());
  }

  private static Caller script(Path input) {
    return url ->
        Execution.of(
            List.of("python3", "src/bench/python/bare.py", input.toString(), url, "" + AT_ONCE),
            Map.of());
  }

  private Optional<Caller> newman(Path input) throws IOException, InterruptedException {
    if (!Execution.works("newman", "--version")) {
      return Optional.empty();
    }
    Path collection = temp.resolve("collection.json");
    return Optional.of(
        url -> {
          Files.writeString(
              collection,
              """
              {"info": {"name": "bench",
                "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
               "item": [{"name": "update", "request": {"method": "POST",
                "url": "%s/email-accounts/{{id}}?api_key=key",
                "header": [{"key": "Content-Type", "value": "application/json"}],
                "body": {"mode": "raw",
                  "raw": "{\\"max_email_per_day\\": {{max_email_per_day}}}"}}}]}
              """
                  .formatted(url));
          return Execution.of(
              List.of("newman", "run", collection.toString(), "-d", input.toString(), "--silent"),
              Map.of());
        });
  }

  private record Measured(Rounds rate, Rounds underWay, Rounds cpuSeconds) {

    Measured() {
      this(new Rounds(), new Rounds(), new Rounds());
    }

    void measure(Server server, Caller caller) throws IOException, InterruptedException {
      server.statistics();
      cpuSeconds.add(caller.call(server.url()).cpuSeconds());
      Server.Statistics statistics = server.statistics();
      rate.add(statistics.callsPerSecond());
      underWay.add(statistics.callsUnderWay());
    }
  }

  private static void compare(String title, int latency, Map<String, Caller> callers, int rounds)
      throws IOException, InterruptedException {
    Table table =
        new Table(
            title,
            "",
            "rows/s",
            "range",
            "calls under way",
            "CPU seconds",
            "program is so many times this");
    Map<String, Measured> figures = new LinkedHashMap<>();
    try (Server server = Server.start(latency)) {
      for (int i = 0; i < rounds; i++) {
        for (Map.Entry<String, Caller> caller : callers.entrySet()) {
          figures
              .computeIfAbsent(caller.getKey(), name -> new Measured())
              .measure(server, caller.getValue());
        }
      }
    }
    double program = figures.values().iterator().next().rate().median();
    figures.forEach(
        (name, measured) ->
            table.row(
                name,
                measured.rate().median(),
                measured.rate().range(),
                measured.underWay().median(),
                measured.cpuSeconds().median(),
                program / measured.rate().median()));
    table.print();
  }

  @Test
  @Order(2)
  void throughput() throws Exception {
    Path input = Program.input(temp, ROWS);
    Map<String, Caller> callers = new LinkedHashMap<>();
    callers.put("program", program(input, "", "--rate", "unlimited"));
    callers.put("program, all compilers", program(input, USUAL, "--rate", "unlimited"));
    callers.put("the program's client alone", loop("client", ROWS, QUICK));
    callers.put("bare Retrofit", loop("retrofit", ROWS, QUICK));
    callers.put("bare Retrofit, all compilers", loop("retrofit", ROWS, USUAL));
    callers.put("sockets: what 64 at once can reach", loop("sockets", ROWS, USUAL));
    if (Execution.works("python3", "-c", "import aiohttp")) {
      callers.put("aiohttp", script(input));
    } else {
      System.out.println("not measured: aiohttp not installed");
    }
    compare(ROWS + " rows, 2 ms latency", 2, callers, ROUNDS);
    compare(
        "The server's own ceiling, no latency",
        0,
        Map.of("sockets", loop("sockets", ROWS, USUAL)),
        ROUNDS);
    // A fiftieth of the rows: it would take minutes.
    Path few = Program.input(temp, ROWS / 50);
    Optional<Caller> newman = newman(few);
    if (newman.isPresent()) {
      callers.keySet().retainAll(List.of("program"));
      callers.put("newman, a fiftieth of the rows", newman.get());
      compare("Against newman", 2, callers, 1);
    } else {
      System.out.println("not measured: newman not installed");
    }
  }

  @Test
  @Order(3)
  void latency() throws Exception {
    for (int latency : new int[] {1, 2, 10, 100}) {
      // So that it takes some seconds at each.
      int rows = Math.max(1, ROWS / Math.max(1, latency / 10));
      Path input = Program.input(temp, rows);
      Map<String, Caller> callers = new LinkedHashMap<>();
      callers.put("program", program(input, "", "--rate", "unlimited"));
      callers.put(
          "with --concurrency 256",
          program(input, "", "--rate", "unlimited", "--concurrency", "256"));
      callers.put("bare Retrofit, 64 at once", loop("retrofit", rows, QUICK));
      compare("Latency " + latency + " ms", latency, callers, Math.min(3, ROUNDS));
    }
  }

  @Test
  @Order(4)
  void costOfThePermitRecord() throws Exception {
    Path input = Program.input(temp, ROWS / 5);
    Map<String, Caller> callers = new LinkedHashMap<>();
    callers.put("unlimited: calls are not recorded", program(input, "", "--rate", "unlimited"));
    callers.put(
        "a window that never fills: each call is recorded before it is sent",
        program(input, "", "--rate", "1000000/s", "--reserve", "0"));
    compare("Cost of the permit record", 2, callers, Math.min(3, ROUNDS));
  }

  @Test
  @Order(5)
  void validate() throws Exception {
    Path input = Program.input(temp, MANY_ROWS);
    Program program = program("");
    Rounds rates = new Rounds();
    for (int i = 0; i < ROUNDS; i++) {
      rates.add(MANY_ROWS / program.run(program.command("validate", input.toString())).seconds());
    }
    new Table("Validate, " + MANY_ROWS + " rows, start-up included", "rows/s", "range")
        .row(rates.median(), rates.range())
        .print();
  }

  /** Signatures made of what accounts have, in rows that lack a cell which the text needs. */
  @Test
  @Order(6)
  void placeholdersOfAccounts() throws Exception {
    Path input = temp.resolve("blank.csv");
    List<String> lines = new ArrayList<>(List.of("email_account_id,company"));
    for (int row = 1; row <= ROWS; row++) {
      lines.add(row + ",");
    }
    Files.write(input, lines);
    Map<Integer, RunOptions> options = new LinkedHashMap<>();
    for (int placeholders : new int[] {1, 12, 24}) {
      // Other spellings are other placeholders.
      String text =
          IntStream.range(0, placeholders)
              .mapToObj(i -> "{{from" + "_".repeat(i) + "_name}}")
              .collect(Collectors.joining(" ", "", " {{company}}"));
      Fills fills = Fills.of(List.of(Fill.of(AccountField.SIGNATURE, "signature", text)));
      InputOptions usual =
          new InputOptions(
              null,
              null,
              Set.of(),
              ZeroLimit.REFUSED,
              DuplicatePolicy.REFUSE,
              InputOptions.USUAL_CEILING);
      options.put(
          placeholders, new RunOptions(usual, false, null, false, fills, false, null, null));
    }
    Map<Integer, Rounds> rates = new LinkedHashMap<>();
    for (int i = 0; i < ROUNDS; i++) {
      for (Map.Entry<Integer, RunOptions> one : options.entrySet()) {
        long start = System.nanoTime();
        one.getValue().open(input, "blank.csv").inspect(row -> {});
        double seconds = (System.nanoTime() - start) / 1e9;
        rates.computeIfAbsent(one.getKey(), name -> new Rounds()).add(ROWS / seconds);
      }
    }
    Table table = new Table("Rows with a blank cell", "account placeholders", "rows/s", "range");
    rates.forEach(
        (placeholders, rounds) -> table.row(placeholders, rounds.median(), rounds.range()));
    table.print();
  }

  /** A large run in a small heap: killed nine tenths through, and taken up again. */
  @Test
  @Order(7)
  void memoryAndResume() throws Exception {
    Path input = Program.input(temp, MANY_ROWS);
    Program program = program("-Xmx64m");
    Table table =
        new Table(MANY_ROWS + " rows, -Xmx64m", "", "seconds", "first call after", "peak MiB");
    program.clear();
    try (Server server = Server.start(2)) {
      List<String> update = program.update(input, server.url(), "--rate", "unlimited");
      List<Long> seen = new ArrayList<>(List.of(0L));
      Execution killed =
          Execution.of(
              update,
              program.environment(),
              pid -> {
                seen.set(0, seen.get(0) + server.statistics().calls());
                return seen.get(0) >= MANY_ROWS * 0.9;
              });
      table.row("until killed", killed.seconds(), "", killed.peakMebibytes());
      server.statistics();
      Execution resumed = program.run(update);
      Server.Statistics statistics = server.statistics();
      table.row(
          "the rest, " + statistics.calls() + " calls",
          resumed.seconds(),
          Duration.between(resumed.started(), statistics.first()).toMillis() / 1e3,
          resumed.peakMebibytes());
    }
    table.print();
  }

  /** Signatures that together are far larger than the heap: three nights, put back, pruned. */
  @Test
  @Order(8)
  void largeSignatures() throws Exception {
    largeSignatures(27 * ROWS / 100, 20_000);
    largeSignatures(Math.max(1, 3 * ROWS / 1_000), 300_000);
  }

  private void largeSignatures(int rows, int characters) throws Exception {
    Program program = program("-Xmx64m");
    program.clear();
    String first = Program.signatures(temp, rows, characters, "one").toString();
    String second = Program.signatures(temp, rows, characters, "two").toString();
    Table table =
        new Table(
            rows + " signatures of " + characters + " characters, -Xmx64m",
            "",
            "seconds",
            "peak MiB",
            "state folder MiB");
    try (Server server = Server.sandbox("--accounts", Integer.toString(rows))) {
      List<String> target = List.of("--base-url", server.url(), "--rate", "unlimited", "-q");
      measure(table, program, "all new", target, "update", first);
      measure(table, program, "all unchanged", target, "update", first);
      Path results = program.folder().resolve("runs/3/results.csv");
      Execution killed =
          Execution.of(
              command(program, target, "update", second),
              program.environment(),
              pid -> Files.exists(results) && Files.readAllLines(results).size() > rows / 2);
      row(table, program, "all changed, killed half-way", killed);
      measure(table, program, "the rest", target, "update", second);
      measure(table, program, "rolled back", target, "rollback", "3");
      measure(table, program, "pruned", List.of(), "prune", "--older-than", "0s");
    }
    table.print();
  }

  /** Questions to a history of 40 nights: a million outcomes. */
  @Test
  @Order(9)
  void history() throws Exception {
    Program program = program("");
    program.clear();
    int nights = 40;
    History.make(program.folder(), nights, MANY_ROWS / nights);
    long account = 10_000_001L + MANY_ROWS / nights / 2;
    Map<String, List<String>> questions = new LinkedHashMap<>();
    questions.put("runs", program.command("runs"));
    questions.put("show 20", program.command("show", "20"));
    questions.put("show --account ID", program.command("show", "--account", "" + account));
    questions.put(
        "show --account ADDRESS", program.command("show", "--account", History.address(account)));
    questions.put("status", program.command("status", "--command", "ramp", "--within", "26h"));
    Map<String, Rounds> seconds = new LinkedHashMap<>();
    for (int i = 0; i < ROUNDS; i++) {
      for (Map.Entry<String, List<String>> question : questions.entrySet()) {
        seconds
            .computeIfAbsent(question.getKey(), name -> new Rounds())
            .add(program.run(question.getValue()).seconds());
      }
    }
    Table table =
        new Table(
            "Questions to %,d outcomes (%d MiB), seconds".formatted(MANY_ROWS, program.mebibytes()),
            "command",
            "median",
            "range");
    seconds.forEach((name, rounds) -> table.row(name, rounds.median(), rounds.range()));
    table.print();
  }

  /** Runs of many workspaces, and what one workspace alone takes. */
  @Test
  @Order(10)
  void workspaces() throws Exception {
    workspaces("standard", 27);
    // So few calls that the processors are no limit.
    workspaces("1/2s", 27);
  }

  private void workspaces(String rate, int accounts) throws Exception {
    Table table =
        new Table(
            "Workspaces of %d accounts, %s, -Xmx64m".formatted(accounts, rate),
            "workspaces",
            "seconds",
            "range",
            "so many times one alone",
            "calls/s",
            "CPU seconds",
            "429",
            "peak MiB",
            "threads");
    int rounds = Math.min(2, ROUNDS);
    double alone = 0;
    for (int count : new int[] {1, 10, 100, 1_000}) {
      Rounds seconds = new Rounds();
      Rounds callsPerSecond = new Rounds();
      Rounds cpuSeconds = new Rounds();
      long rateLimited = 0;
      long peak = 0;
      long threads = 0;
      for (int i = 0; i < rounds; i++) {
        try (ManyWorkspaces workspaces = ManyWorkspaces.start(temp, count, accounts, rate)) {
          ManyWorkspaces.Measured run = workspaces.update();
          seconds.add(run.seconds());
          callsPerSecond.add(run.callsPerSecond());
          cpuSeconds.add(run.execution().cpuSeconds());
          rateLimited += run.rateLimited();
          peak = Math.max(peak, run.execution().peakMebibytes());
          threads = Math.max(threads, run.execution().mostThreads());
        }
      }
      alone = count == 1 ? seconds.median() : alone;
      table.row(
          count,
          seconds.median(),
          seconds.range(),
          seconds.median() / alone,
          callsPerSecond.median(),
          cpuSeconds.median(),
          rateLimited,
          peak,
          threads);
    }
    table.print();
  }

  /** What the journal and the permits cost in PostgreSQL, against the state in a folder. */
  @Test
  @Order(11)
  void stateInPostgresql() throws Exception {
    int rows = ROWS / 20;
    Path input = Program.input(temp, rows);
    Table table =
        new Table(rows + " rows", "state", "limit", "seconds", "range", "rows/s", "CPU seconds");
    try (SharedState shared = SharedState.start(temp);
        Server server = Server.start(2)) {
      for (String limit : new String[] {"unlimited", "1000000/s"}) {
        for (boolean isShared : new boolean[] {false, true}) {
          Rounds seconds = new Rounds();
          Rounds cpuSeconds = new Rounds();
          for (int i = 0; i < Math.min(3, ROUNDS); i++) {
            Program program = program("-Xmx64m");
            program.clear();
            shared.begin();
            List<String> update =
                program.update(input, server.url(), "--rate", limit, "--reserve", "0");
            Execution execution =
                isShared
                    ? Execution.of(update, shared.environment(program, "key", server.url()))
                    : program.run(update);
            seconds.add(execution.seconds());
            cpuSeconds.add(execution.cpuSeconds());
          }
          table.row(
              isShared ? "PostgreSQL" : "folder",
              limit,
              seconds.median(),
              seconds.range(),
              rows / seconds.median(),
              cpuSeconds.median());
        }
      }
    }
    table.print();
  }

  /** Runs that are left to workers, each for a key of its own. */
  @Test
  @Order(12)
  void workers() throws Exception {
    int runs = 4;
    int rows = ROWS / 50;
    Table table = new Table(runs + " runs of " + rows + " rows", "workers", "seconds", "rows/s");
    try (SharedState shared = SharedState.start(temp);
        Server server = Server.start(20)) {
      for (int workers : new int[] {1, 2, 4}) {
        shared.begin();
        // Targets with another path are other workspaces.
        for (int run = 0; run < runs; run++) {
          Program program = program("");
          Execution.of(
              program.command(
                  "update",
                  SharedState.input(temp, rows, run).toString(),
                  "--detach",
                  "--base-url",
                  server.url() + "/" + run,
                  "--snapshot",
                  "none",
                  "--rate",
                  "200/s",
                  "-q"),
              shared.environment(program, "key", server.url()));
        }
        long start = System.nanoTime();
        for (int i = 0; i < workers; i++) {
          Process unused = shared.worker("key", server.url());
        }
        shared.await("SELECT COUNT(*) FROM run WHERE status = 'FINISHED'", runs);
        double seconds = (System.nanoTime() - start) / 1e9;
        table.row(workers, seconds, runs * rows / seconds);
        shared.endWorkers();
      }
    }
    table.print();
  }

  /** From the kill of a worker until another one puts something on record for its run. */
  @Test
  @Order(13)
  void takeover() throws Exception {
    Table table = new Table("A worker is killed", "seconds until another goes on", "range");
    Rounds seconds = new Rounds();
    try (SharedState shared = SharedState.start(temp);
        Server server = Server.start(20)) {
      for (int i = 0; i < Math.min(3, ROUNDS); i++) {
        shared.begin();
        Program program = program("");
        Execution.of(
            program.command(
                "update",
                SharedState.input(temp, 2_000, 0).toString(),
                "--detach",
                "--snapshot",
                "none",
                "--rate",
                "20/s",
                "-q"),
            shared.environment(program, "key", server.url()));
        Process first = shared.worker("key", server.url());
        shared.await("SELECT COUNT(*) FROM scheduled_tasks WHERE picked", 1);
        shared.await("SELECT SIGN(length - 100) FROM journal", 1);
        Process unused = shared.worker("key", server.url());
        first.destroyForcibly().waitFor();
        long start = System.nanoTime();
        long length = shared.number("SELECT length FROM journal");
        // The first record of the other worker says that it has resumed the run.
        shared.await("SELECT SIGN(length - " + length + ") FROM journal", 1);
        seconds.add((System.nanoTime() - start) / 1e9);
        shared.endWorkers();
      }
    }
    table.row(seconds.median(), seconds.range()).print();
  }

  /**
   * Workers that share one run of many workspaces; then three, of which one is killed again and
   * again.
   */
  @Test
  @Order(14)
  void sharedRun() throws Exception {
    int count = Integer.getInteger("bench.workspaces", 1_000);
    int accounts = 20;
    Table table =
        new Table(
            "One run of " + count + " workspaces with " + accounts + " accounts each",
            "workers",
            "kills",
            "seconds",
            "calls/s",
            "repeated",
            "429");
    try (SharedState shared = SharedState.start(temp)) {
      for (int workers : new int[] {1, 2, 4}) {
        sharedRun(table, shared, count, accounts, workers, Duration.ofHours(1));
      }
      sharedRun(table, shared, count, accounts, 3, Duration.ofSeconds(20));
    }
    table.print();
  }

  private void sharedRun(
      Table table, SharedState shared, int count, int accounts, int most, Duration killEvery)
      throws Exception {
    shared.begin();
    try (ManyWorkspaces workspaces = ManyWorkspaces.start(temp, count, accounts, "10/2s")) {
      Execution.of(
          workspaces.command(
              "update",
              workspaces.rows().toString(),
              "--detach",
              "--snapshot",
              "none",
              "--workers",
              Integer.toString(most),
              "-q"),
          shared.environment(program("")));
      long start = System.nanoTime();
      List<Process> workers = new ArrayList<>();
      for (int i = 0; i < most; i++) {
        workers.add(shared.worker(workspaces));
      }
      Random random = new Random(42);
      int kills = 0;
      long last = start;
      while (shared.number("SELECT COUNT(*) FROM run WHERE status = 'FINISHED'") == 0) {
        Thread.sleep(200);
        if (System.nanoTime() - last > killEvery.toNanos()) {
          workers.remove(random.nextInt(most)).destroyForcibly().waitFor();
          workers.add(shared.worker(workspaces));
          kills++;
          last = System.nanoTime();
        }
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      long calls = shared.number("SELECT calls FROM run");
      table.row(
          most,
          kills,
          seconds,
          calls / seconds,
          calls - (long) count * accounts,
          shared.number("SELECT rate_limited FROM run"));
      shared.endWorkers();
    }
  }

  private static List<String> command(Program program, List<String> target, String... arguments) {
    List<String> command = new ArrayList<>(program.command(arguments));
    command.addAll(target);
    return command;
  }

  private static void measure(
      Table table, Program program, String what, List<String> target, String... arguments)
      throws IOException, InterruptedException {
    row(table, program, what, program.run(command(program, target, arguments)));
  }

  private static void row(Table table, Program program, String what, Execution execution)
      throws IOException {
    table.row(what, execution.seconds(), execution.peakMebibytes(), program.mebibytes());
  }
}
