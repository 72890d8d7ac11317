package io.github.smartleadbulk.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A checkout whose config has many workspaces, each with a key of its own and the same rate limits,
 * and a sandbox that enforces them.
 */
final class ManyWorkspaces implements AutoCloseable {

  /**
   * What a run was like.
   *
   * @param seconds from the first line of the run to its end, without the start of the process
   * @param rateLimited calls that were answered with 429
   */
  record Measured(Execution execution, double seconds, long calls, long rateLimited) {

    double callsPerSecond() {
      return calls / seconds;
    }
  }

  private final Path home;
  private final int count;
  private final int accounts;
  private final Server sandbox;

  private ManyWorkspaces(Path home, int count, int accounts, Server sandbox) {
    this.home = home;
    this.count = count;
    this.accounts = accounts;
    this.sandbox = sandbox;
  }

  /**
   * Starts a sandbox and writes the config.
   *
   * @param accounts of each workspace
   */
  static ManyWorkspaces start(Path temp, int count, int accounts, String rate) throws IOException {
    Path home = Files.createTempDirectory(temp, count + "-workspaces");
    // The config is where run.sh is, and so is what run.sh needs.
    Files.copy(Program.RUN_SH, home.resolve("run.sh"));
    Files.setPosixFilePermissions(
        home.resolve("run.sh"), PosixFilePermissions.fromString("rwx------"));
    for (String needed : List.of("src", "target")) {
      Files.createSymbolicLink(
          home.resolve(needed), Program.RUN_SH.resolveSibling(needed).toRealPath());
    }
    List<String> keys = new ArrayList<>(List.of("key,name"));
    for (int i = 0; i < count; i++) {
      keys.add("key-" + i + "," + name(i));
    }
    Path file = Files.write(home.resolve("keys.csv"), keys);
    Server sandbox =
        Server.sandbox(
            "--keys", file.toString(), "--accounts", Integer.toString(accounts), "--rate", rate);
    List<String> config =
        new ArrayList<>(List.of("base-url = " + sandbox.url(), "rate = " + rate, "reserve = 0"));
    for (int i = 0; i < count; i++) {
      Path key = Files.writeString(home.resolve(name(i) + ".key"), "key-" + i);
      Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
      config.add("workspace." + name(i) + ".api-key-file = " + key);
    }
    Files.write(
        Files.createDirectory(home.resolve("config")).resolve("smartlead-bulk.properties"), config);
    return new ManyWorkspaces(home, count, accounts, sandbox);
  }

  private static String name(int workspace) {
    return "agency-" + workspace;
  }

  /**
   * Changes all accounts of all workspaces, in any order. Call it once: the windows would count the
   * calls.
   */
  Measured update() throws IOException, InterruptedException {
    Path input = rows();
    Program program = new Program(home.resolve("state"), "-Xmx64m");
    Execution execution = program.run(command("update", input.toString(), "-q"));
    String summary = Files.readString(program.folder().resolve("runs/1/summary.json"));
    return new Measured(
        execution,
        number(summary, "seconds"),
        (long) number(summary, "calls"),
        (long) number(summary, "rate_limited"));
  }

  /** A command with this config. */
  List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(List.of(home.resolve("run.sh").toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** An input that changes all accounts of all workspaces, in any order. */
  Path rows() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      for (int account = 0; account < accounts; account++) {
        rows.add(10_000_001 + account + ",33," + name(i));
      }
    }
    Collections.shuffle(rows, new Random(1));
    rows.add(0, "id,max_email_per_day,workspace");
    return Files.write(home.resolve("rows.csv"), rows);
  }

  private static double number(String summary, String name) {
    Matcher number = Pattern.compile("\"" + name + "\" : ([0-9.]+)").matcher(summary);
    if (!number.find()) {
      throw new IllegalStateException("no " + name + " in " + summary);
    }
    return Double.parseDouble(number.group(1));
  }

  @Override
  public void close() {
    sandbox.close();
  }
}
