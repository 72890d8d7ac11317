package io.github.smartleadbulk.client;

import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.postgres.PermitTable;
import io.github.smartleadbulk.postgres.PostgresAddress;
import io.github.smartleadbulk.postgres.PostgresDatabase;
import io.github.smartleadbulk.postgres.TestPostgres;
import io.github.smartleadbulk.postgres.WorkSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures, and asserts nothing: permits per second, and what processes with one key get of a
 * window. Arguments: {@code permits THREADS WANTED SECONDS [WINDOWS]}, or {@code processes NUMBER
 * SECONDS WINDOWS LATENCY-MILLIS}.
 */
final class SharedBudgetTrial {

  private SharedBudgetTrial() {}

  public static void main(String[] args) throws Exception {
    if (args[0].equals("permits")) {
      String windows = args.length > 4 ? args[4] : "100000000/s";
      permits(number(args[1]), number(args[2]), number(args[3]), windows);
    } else {
      processes(number(args[1]), number(args[2]), args[3], number(args[4]));
    }
    System.exit(0);
  }

  private static int number(String argument) {
    return Integer.parseInt(argument);
  }

  /** Takes permits of one caller and ends them, as fast as the database can. */
  private static void permits(int threads, int wanted, int seconds, String windows)
      throws Exception {
    PostgresAddress address = TestPostgres.newAddress();
    List<RateWindow> all = RateWindow.parseAll(windows);
    List<Thread> running = new ArrayList<>();
    AtomicLong granted = new AtomicLong();
    AtomicLong requests = new AtomicLong();
    long[] end = new long[1];
    List<PostgresDatabase> databases = new ArrayList<>();
    List<PermitTable> tables = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      PostgresDatabase database = PostgresDatabase.open(address, 2);
      WorkSession session = database.begin();
      databases.add(database);
      tables.add(new PermitTable(database.pool(), session));
    }
    Duration cpu = cpuOfPostgres(address);
    end[0] = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    for (PermitTable table : tables) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  while (System.nanoTime() < end[0]) {
                    List<Long> permits =
                        table.take("0123456789abcdef", wanted, all, Duration.ofSeconds(38)).ids();
                    table.ended(permits);
                    granted.addAndGet(permits.size());
                    requests.incrementAndGet();
                  }
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      thread.start();
      running.add(thread);
    }
    for (Thread thread : running) {
      thread.join();
    }
    System.out.printf(
        "%d clients, %d wanted, windows %s: %d permits/s, %d requests/s, %.1f s CPU of PostgreSQL in %d s%n",
        threads,
        wanted,
        windows,
        granted.get() / seconds,
        requests.get() / seconds,
        cpuOfPostgres(address).minus(cpu).toMillis() / 1000.0,
        seconds);
  }

  /** Of the processes of the server that run now. */
  private static Duration cpuOfPostgres(PostgresAddress address) throws SQLException {
    try (Connection connection = DriverManager.getConnection(address.url());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
      row.next();
      ProcessHandle backend = ProcessHandle.of(row.getLong(1)).orElseThrow();
      return backend
          .parent()
          .orElseThrow()
          .children()
          .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
          .reduce(Duration.ZERO, Duration::plus);
    }
  }

  /** What a server counts that many processes send to, from the first call on. */
  private static void processes(int number, int seconds, String windows, int latency)
      throws Exception {
    PostgresAddress address = TestPostgres.newAddress();
    List<SharingProcess> processes = new ArrayList<>();
    List<RateWindow> all = RateWindow.parseAll(windows);
    try (EnforcingServer server =
        new EnforcingServer(all, () -> latency / 2, () -> latency - latency / 2)) {
      URI url = server.url();
      for (int i = 0; i < number; i++) {
        processes.add(SharingProcess.start(address.url(), url, windows, Integer.MAX_VALUE));
      }
      for (SharingProcess process : processes) {
        process.awaitReady();
      }
      for (SharingProcess process : processes) {
        process.go();
      }
      TimeUnit.SECONDS.sleep(seconds);
      Duration postgres = cpuOfPostgres(address);
      double cpu = 0;
      for (SharingProcess process : processes) {
        cpu += process.cpu().toMillis() / 1000.0;
        process.close();
      }
      if (Boolean.getBoolean("times")) {
        server.times().forEach(time -> System.out.print(" " + time.toMillis()));
        System.out.println();
      }
      System.out.printf(
          "%d processes, windows %s, latency %d ms: %d calls in %.3f s from the first to the last, %.3f calls/s, %d refused, %.1f s CPU of the processes, %.1f s of PostgreSQL%n",
          number,
          windows,
          latency,
          server.arrivals(),
          server.span().toMillis() / 1000.0,
          (server.arrivals() - 1) / (server.span().toMillis() / 1000.0),
          server.refused(),
          cpu,
          postgres.toMillis() / 1000.0);
    }
  }
}
