package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.FakeSmartlead.Answer;
import io.github.smartleadbulk.cli.FakeSmartlead.Script;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.LongStream;
import tools.jackson.databind.node.ObjectNode;

/** Three workspaces, each with a server and a key of its own, and the program that knows them. */
final class ThreeWorkspaces implements AutoCloseable {

  static final List<String> NAMES = List.of("acme", "globex", "initech");

  static final Answer REFUSED = new Answer(401, "{\"message\":\"Invalid API Key\"}");
  static final Answer UNAVAILABLE = new Answer(503, "{\"message\":\"Service Unavailable\"}");

  final TestProgram program;
  private final Path home;
  private final Map<String, FakeSmartlead> servers = new HashMap<>();
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private final Map<String, Set<String>> keysSeen = new ConcurrentHashMap<>();

  /** The accounts that were updated, in the order of the calls, by workspace. */
  private final Map<String, List<Long>> applied = new ConcurrentHashMap<>();

  /**
   * @param accounts how many each workspace has, with the ids from 1
   */
  ThreeWorkspaces(Path home, int accounts) throws IOException {
    this.home = home;
    program = new TestProgram(home);
    for (String name : NAMES) {
      FakeSmartlead server = FakeSmartlead.start(accounts);
      servers.put(name, server);
      keysSeen.put(name, new ConcurrentSkipListSet<>());
      applied.put(name, new ArrayList<>());
      mend(name);
      server.script = call -> answer(name, call);
      key(name, keyOf(name));
    }
    configure();
  }

  private Answer answer(String name, FakeSmartlead.Call call) throws IOException {
    keysSeen.get(name).add(call.key());
    Answer answer = scripts.get(name).answer(call);
    if (answer == null && call.isUpdate()) {
      List<Long> accounts = applied.get(name);
      synchronized (accounts) {
        accounts.add(call.account());
      }
    }
    return answer;
  }

  /** The key of a workspace, which nothing else contains. */
  static String keyOf(String workspace) {
    return "marker-of-" + workspace;
  }

  /** Puts another key into the file of a workspace. */
  void key(String workspace, String key) throws IOException {
    Files.setPosixFilePermissions(
        program.file(workspace + ".key", key), PosixFilePermissions.fromString("rw-------"));
  }

  /** Writes the config: the three workspaces, and these lines, which can replace a base URL. */
  void configure(String... more) throws IOException {
    List<String> lines = new ArrayList<>(Arrays.asList(more));
    for (String name : NAMES) {
      lines.add("workspace.%s.api-key-file = %s".formatted(name, home.resolve(name + ".key")));
      String url = "workspace.%s.base-url".formatted(name);
      if (Arrays.stream(more).noneMatch(line -> line.startsWith(url))) {
        lines.add(url + " = " + server(name).url);
      }
    }
    program.withConfig(lines.toArray(String[]::new));
  }

  FakeSmartlead server(String workspace) {
    return servers.get(workspace);
  }

  /** From now on, the server of a workspace answers like this. */
  void script(String workspace, Script script) {
    scripts.put(workspace, script);
  }

  /** From now on, the server of a workspace answers as usual. */
  void mend(String workspace) {
    scripts.put(workspace, call -> null);
  }

  /** An input with a row for each of the first accounts of each workspace, by turns. */
  void writeRows(int perWorkspace) throws IOException {
    program.file(
        "rows.csv",
        LongStream.rangeClosed(0, perWorkspace)
            .boxed()
            .flatMap(
                id ->
                    id == 0
                        ? List.of("id,max_email_per_day,workspace").stream()
                        : NAMES.stream().map(name -> id + ",33," + name))
            .toArray(String[]::new));
  }

  /** Runs a command without limits. */
  Ended run(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    if (!all.contains("--rate")) {
      all.addAll(List.of("--rate", "unlimited"));
    }
    return program.run(all.toArray(String[]::new));
  }

  /** The lines of {@code results.csv}: account, status, workspace. */
  List<String> results(int run) throws IOException {
    return Files.readAllLines(program.runFile(run, "results.csv")).stream()
        .skip(1)
        .map(
            line -> {
              String[] cells = line.split(",", -1);
              return cells[2] + " " + cells[3] + " " + cells[cells.length - 1];
            })
        .toList();
  }

  /** The results of {@link #writeRows} if all is well. */
  static List<String> allUpdated(int perWorkspace) {
    return LongStream.rangeClosed(1, perWorkspace)
        .boxed()
        .flatMap(id -> NAMES.stream().map(name -> id + " updated " + name))
        .toList();
  }

  /** The accounts that were updated, as often as they were. */
  List<Long> applied(String workspace) {
    List<Long> accounts = applied.get(workspace);
    synchronized (accounts) {
      return accounts.stream().sorted().toList();
    }
  }

  /** Forgets what was updated. */
  void forgetApplied() {
    NAMES.forEach(
        name -> {
          List<Long> accounts = applied.get(name);
          synchronized (accounts) {
            accounts.clear();
          }
        });
  }

  void assertEachAppliedOnce(int perWorkspace) {
    for (String name : NAMES) {
      assertThat(applied(name))
          .as(name)
          .isEqualTo(LongStream.rangeClosed(1, perWorkspace).boxed().toList());
    }
  }

  Map<String, List<ObjectNode>> copies() {
    Map<String, List<ObjectNode>> copies = new HashMap<>();
    servers.forEach((name, server) -> copies.put(name, server.copy()));
    return copies;
  }

  /** The keys that the server of a workspace was sent. */
  Set<String> keysSeen(String workspace) {
    return keysSeen.get(workspace);
  }

  Path home() {
    return home;
  }

  @Override
  public void close() {
    servers.values().forEach(FakeSmartlead::close);
  }
}
