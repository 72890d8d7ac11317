package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.WrittenLines;
import io.github.smartleadbulk.api.ApiKey;
import io.github.smartleadbulk.api.ClientSettings;
import io.github.smartleadbulk.fill.Fills;
import io.github.smartleadbulk.guard.Guards;
import io.github.smartleadbulk.input.InputOptions;
import io.github.smartleadbulk.result.ResultsFile;
import io.github.smartleadbulk.result.WorkspaceColumn;
import io.github.smartleadbulk.run.Invocation;
import io.github.smartleadbulk.run.PreparedRun;
import io.github.smartleadbulk.run.RunListener;
import io.github.smartleadbulk.run.RunOptions;
import io.github.smartleadbulk.run.RunPlace;
import io.github.smartleadbulk.run.RunPreparation;
import io.github.smartleadbulk.run.RunRequest;
import io.github.smartleadbulk.run.RunRequest.InputSource;
import io.github.smartleadbulk.run.RunRequest.OnUnfinished;
import io.github.smartleadbulk.run.RunResult;
import io.github.smartleadbulk.run.RunSettings;
import io.github.smartleadbulk.run.RunTerms;
import io.github.smartleadbulk.run.SnapshotSettings;
import io.github.smartleadbulk.sandbox.FaultPlan;
import io.github.smartleadbulk.sandbox.Sandbox;
import io.github.smartleadbulk.sandbox.SandboxRequest;
import io.github.smartleadbulk.sandbox.SandboxSettings;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.StateStore;
import io.github.smartleadbulk.state.TestState;
import io.github.smartleadbulk.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * A state folder, an input file and a sandbox: what it takes to run the job in this process, as
 * often as wanted, each time as a new process would. Its fields are what the user chooses.
 */
public final class Rehearsal implements AutoCloseable {

  static final String KEY = "right-key";
  static final String TARGET = "https://example.com/api/v1";

  private static final Duration SNAPSHOT_AGE = Duration.ofMinutes(10);

  public final Path folder;
  public final Path input;
  public String key = KEY;
  public String target = TARGET;
  public InputOptions options = InputOptions.defaults();
  public OnUnfinished onUnfinished = OnUnfinished.RESUME;
  Path results;
  boolean strict;

  /** Without it, calls are those of rows, and every row is a call. */
  SnapshotSettings.Mode snapshot = SnapshotSettings.Mode.NONE;

  RunListener listener = new RunListener() {};

  /** Is told of every request before its answer leaves, with the run that made it. */
  BiConsumer<SandboxRequest, UpdateRun> onRequest = (request, run) -> {};

  Guards guards = Guards.usual();

  private static final Invocation INVOCATION = new Invocation("./run.sh", "");

  public RunTerms terms = RunTerms.unguarded(null, INVOCATION);

  /** What was said of runs that were not resumed because others supersede them. */
  public final List<String> passedOver = new ArrayList<>();

  private final Sandbox sandbox;
  private final Queue<SandboxRequest> requests = new ConcurrentLinkedQueue<>();

  /** Calls under way at once; 0 lets the client choose, which may take a whole small input. */
  int concurrency;

  private volatile UpdateRun running;
  private StateStore held;

  public Rehearsal(Path folder) throws IOException {
    this(folder, Duration.ZERO);
  }

  Rehearsal(Path folder, Duration latency) throws IOException {
    this.folder = folder.resolve("state");
    this.input = folder.resolve("accounts.csv");
    this.sandbox =
        Sandbox.start(
            new SandboxSettings(0, 5_000, List.of(), latency, FaultPlan.none(), KEY, 1, null),
            request -> {
              requests.add(request);
              onRequest.accept(request, running);
            });
  }

  /** A file that sets something for as many accounts, and nothing is wrong with it. */
  public void writeRows(int rows) throws IOException {
    write(
        LongStream.range(0, rows)
            .mapToObj(i -> account(i) + "," + (i % 50 + 1) + "\n")
            .collect(Collectors.joining("", "id,max_email_per_day\n", "")));
  }

  public void write(String content) throws IOException {
    Files.writeString(input, content);
  }

  static long account(long index) {
    return Sandbox.FIRST_ACCOUNT_ID + index;
  }

  RunResult update() throws Exception {
    return inStore(store -> carryOut(store, prepare(store)));
  }

  RunResult resume(Integer number) throws Exception {
    return inStore(store -> carryOut(store, prepareResume(store, number)));
  }

  /** Decides what {@link #update} would do, and does not do it. */
  public PreparedRun prepare() throws Exception {
    return inStore(this::prepare);
  }

  PreparedRun prepare(StateStore store) throws Exception {
    return preparation(store).prepare(request());
  }

  public PreparedRun prepareResume(Integer number) throws Exception {
    return inStore(store -> prepareResume(store, number));
  }

  /** From now on all is done in one process, which is quicker. */
  public void staysOpen() {
    held = TestState.open(folder);
  }

  /** Work on an open store. */
  public interface Work<T> {
    T with(StateStore store) throws Exception;
  }

  public <T> T inStore(Work<T> work) throws Exception {
    if (held != null) {
      return work.with(held);
    }
    try (StateStore store = TestState.open(folder)) {
      return work.with(store);
    }
  }

  private PreparedRun prepareResume(StateStore store, Integer number) throws IOException {
    RunPreparation preparation = preparation(store);
    return preparation.resume(
        number == null ? preparation.findToResume(passedOver::add) : preparation.find(number),
        place());
  }

  private RunPreparation preparation(StateStore store) {
    return new RunPreparation(store, Clock.systemUTC(), terms);
  }

  private RunRequest request() {
    return new RunRequest(
        "update",
        "accounts.csv",
        input,
        InputSource.of(() -> Files.newInputStream(input)),
        new RunOptions(options, false, null, false, Fills.none(), false, null, null),
        place(),
        onUnfinished,
        null);
  }

  public RunPlace place() {
    return new RunPlace(
        name -> new Workspace(name, target, client(name), Workspace.CallMemory.KEPT), results);
  }

  RunResult carryOut(StateStore store, PreparedRun prepared) throws Exception {
    UpdateRun run = run(store, prepared);
    running = run;
    return run.execute();
  }

  UpdateRun run(StateStore store, PreparedRun prepared) {
    return new UpdateRun(
        store,
        prepared,
        new RunSettings(
            strict,
            new SnapshotSettings(snapshot, SNAPSHOT_AGE),
            guards,
            terms.resumesStale(),
            INVOCATION,
            null),
        listener,
        Clock.systemUTC());
  }

  private ClientSettings client(String workspace) {
    return new ClientSettings(
        sandbox.baseUrl(),
        // Only the usual workspace has a key that the sandbox knows.
        ApiKey.of(workspace.equals(options.workspaces().usual()) ? key : key + workspace),
        List.of(),
        3,
        Duration.ofSeconds(20),
        "smartlead-bulk/test",
        concurrency,
        Duration.ofSeconds(20));
  }

  public RunRecord record(int run) throws Exception {
    return inStore(store -> record(store, run));
  }

  public static RunRecord record(StateStore store, int run) {
    return store.runs().find(run).orElseThrow();
  }

  public Path runFolder(int run) {
    return folder.resolve("runs").resolve(Integer.toString(run));
  }

  Path resultsOf(int run) {
    return runFolder(run).resolve("results.csv");
  }

  /** The lines of {@code results.csv}, without the time at their end. */
  List<String> lines(int run) throws IOException {
    return Files.readAllLines(resultsOf(run)).stream()
        .skip(1)
        .map(line -> line.substring(0, line.lastIndexOf(',')))
        .toList();
  }

  /** What {@code results.csv} must look like by the journal. */
  String journalled(int run) throws Exception {
    Path copy = folder.resolveSibling("journalled.csv");
    Files.deleteIfExists(copy);
    return inStore(
        store -> {
          try (ResultsFile file =
              ResultsFile.open(copy, WrittenLines.NONE, WorkspaceColumn.ABSENT)) {
            file.append(store.outcomes().page(run, 0, 1_000_000));
          }
          return Files.readString(copy);
        });
  }

  /** How many updates each account has seen that took effect. */
  Map<Long, Long> updatesByAccount() {
    return requests.stream()
        .filter(request -> request.status() == 200)
        .collect(Collectors.groupingBy(SandboxRequest::accountId, Collectors.counting()));
  }

  /** Each of the first accounts once. */
  static Map<Long, Long> eachOnce(int accounts) {
    return LongStream.range(0, accounts)
        .mapToObj(Rehearsal::account)
        .collect(Collectors.toMap(Function.identity(), account -> 1L));
  }

  /** The lines of a file of {@link #writeRows} that went well. */
  static List<String> allUpdated(int rows) {
    return LongStream.range(0, rows)
        .mapToObj(
            i -> "%d,%d,%d,updated,max_email_per_day,200,1,".formatted(i + 1, i + 2, account(i)))
        .toList();
  }

  int requests() {
    return requests.size();
  }

  @Override
  public void close() {
    if (held != null) {
      held.close();
    }
    sandbox.close();
  }
}
