package io.github.smartleadbulk.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A PostgreSQL server that brings every commit to the disk, and processes that share it. */
final class SharedState implements AutoCloseable {

  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final EmbeddedPostgres postgres;
  private final Path temp;
  private final List<Process> workers = new ArrayList<>();
  private int databases;
  private String url = "";

  private SharedState(EmbeddedPostgres postgres, Path temp) {
    this.postgres = postgres;
    this.temp = temp;
  }

  static SharedState start(Path temp) throws IOException {
    return new SharedState(
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("max_connections", "300")
            .start(),
        temp);
  }

  /** A database with nothing in it, which is used from now on. */
  void begin() throws SQLException {
    String name = "bench" + ++databases;
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    url = postgres.getJdbcUrl("postgres", name);
  }

  /** The environment of a process of the program. */
  Map<String, String> environment(Program program, String key, String base) {
    Map<String, String> environment = environment(program);
    environment.put("SMARTLEAD_API_KEY", key);
    environment.put("SMARTLEAD_BASE_URL", base);
    return environment;
  }

  /** The same with the keys and addresses of the config. */
  Map<String, String> environment(Program program) {
    Map<String, String> environment = new HashMap<>(program.environment());
    environment.remove("SMARTLEAD_API_KEY");
    environment.put("SMARTLEAD_STATE_URL", url);
    return environment;
  }

  /** Starts a worker with a folder of its own. */
  Process worker(String key, String base) throws IOException {
    Program program = nextWorker("-Xmx64m");
    return worker(
        program, program.command("worker", "--runs", "1"), environment(program, key, base));
  }

  /** Starts a worker for many workspaces with a folder of its own. */
  Process worker(ManyWorkspaces workspaces) throws IOException {
    Program program = nextWorker("-Xmx256m");
    return worker(program, workspaces.command("worker", "--runs", "2"), environment(program));
  }

  private Program nextWorker(String options) {
    return new Program(temp.resolve("worker-" + (workers.size() + 1)), options);
  }

  private Process worker(Program program, List<String> command, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(new File(program.folder() + ".log"));
    builder.environment().putAll(environment);
    Process worker = builder.start();
    workers.add(worker);
    return worker;
  }

  /** Waits until a query of one number gives it. */
  void await(String sql, long wanted) throws SQLException, InterruptedException {
    long start = System.nanoTime();
    while (number(sql) != wanted) {
      if (System.nanoTime() - start > LONGEST.toNanos()) {
        throw new IllegalStateException(sql + " is not " + wanted);
      }
      Thread.sleep(20);
    }
  }

  long number(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Ends the workers, and forgets them. */
  void endWorkers() throws InterruptedException {
    for (Process worker : workers) {
      worker.destroy();
      worker.waitFor();
    }
    workers.clear();
  }

  /** A file in which every row changes an account, different for each number. */
  static Path input(Path folder, int rows, int number) throws IOException {
    List<String> lines = new ArrayList<>(List.of("id,max_email_per_day"));
    for (int i = 0; i < rows; i++) {
      lines.add(10_000_001 + i + "," + (10 + number));
    }
    return Files.write(folder.resolve("input-" + number + ".csv"), lines);
  }

  @Override
  public void close() throws IOException {
    workers.forEach(Process::destroyForcibly);
    postgres.close();
  }
}
