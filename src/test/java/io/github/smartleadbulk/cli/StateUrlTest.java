package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import io.github.smartleadbulk.postgres.TestPostgres;
import io.github.smartleadbulk.state.TestState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands with {@code --state-url}: how they connect, and what they find of other machines. */
@Timeout(120)
final class StateUrlTest extends AgainstFakeSmartlead {

  private static final String PASSWORD = "s3cret-w0rd";
  private static final AtomicInteger USERS = new AtomicInteger();

  private String url;

  StateUrlTest() {
    super(5);
  }

  @BeforeEach
  void use() {
    url = TestPostgres.newDatabase();
    program.with("SMARTLEAD_STATE_URL", url);
  }

  private String guarded() throws IOException {
    String guarded = TestPostgres.newDatabase("user" + USERS.incrementAndGet(), PASSWORD);
    program.with("SMARTLEAD_STATE_URL", guarded);
    return guarded;
  }

  private Ended runs() {
    Ended ended = program.run("runs", "-v");
    assertThat(ended.out() + ended.err()).doesNotContain(PASSWORD);
    return ended;
  }

  @Test
  void passwordIsThatOfTheVariable() throws IOException {
    guarded();
    Ended ended = program.with("SMARTLEAD_STATE_PASSWORD", PASSWORD).run("runs");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.exitCode()).isZero();
  }

  @Test
  void passwordIsTheFirstLineOfTheFile() throws IOException {
    guarded();
    Path file = program.file("secret.txt", PASSWORD, "");
    Ended ended = program.with("SMARTLEAD_STATE_PASSWORD_FILE", file.toString()).run("runs");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.exitCode()).isZero();
  }

  @Test
  void passwordFileThatIsMissingOrEmptyIsNamed() throws IOException {
    guarded();
    Path file = home.resolve("secret.txt");
    program.with("SMARTLEAD_STATE_PASSWORD_FILE", file.toString());
    Ended missing = runs();
    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.err()).contains("SMARTLEAD_STATE_PASSWORD_FILE").contains(file.toString());
    program.file("secret.txt", "");
    Ended empty = runs();
    assertThat(empty.exitCode()).isEqualTo(2);
    assertThat(empty.err()).contains(file + " is empty");
  }

  @Test
  void passwordIsThatOfThePasswordFileOfPostgres() throws Exception {
    String guarded = guarded();
    Path file = program.file("pgpass", "localhost:*:*:*:" + PASSWORD);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    try (ProgramProcess process =
        ProgramProcess.start(
            home,
            Map.of("SMARTLEAD_STATE_URL", guarded, "PGPASSFILE", file.toString()),
            List.of(),
            List.of("runs"))) {
      assertThat(process.exitCode()).as(process.err()).isZero();
      assertThat(process.err()).isEmpty();
    }
  }

  @Test
  void withoutAPasswordItSaysWhatIsMissing() throws IOException {
    guarded();
    Ended ended = runs();
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains("cannot be opened").contains("no password was provided");
  }

  @Test
  void wrongPasswordIsNotShown() throws IOException {
    guarded();
    program.with("SMARTLEAD_STATE_PASSWORD", PASSWORD + "!");
    Ended ended = runs();
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains("password authentication failed for user");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://localhost/db?user=a&password=" + PASSWORD,
        "jdbc:postgresql://localhost/db?sslpassword=" + PASSWORD,
        "jdbc:postgresql://a:" + PASSWORD + "@localhost/db",
        "jdbc:postgresql://a:" + PASSWORD + "@localhost:5432/db",
        "jdbc:postgresql://localhost/db;password=" + PASSWORD,
        "postgresql://a:" + PASSWORD + "@localhost:5432/db",
      })
  void addressWithAPasswordIsRefusedAndNotShown(String address) {
    program.with("SMARTLEAD_STATE_URL", address);
    Ended ended = runs();
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err())
        .startsWith("error: the address of the database is not valid: ")
        .contains("SMARTLEAD_STATE_PASSWORD");
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://localhost:1/db, 5, refused",
    "jdbc:postgresql://no-such-host.invalid/db, 5, unknown host no-such-host.invalid",
    "jdbc:mysql://localhost/db, 2, it must begin with jdbc:postgresql://",
    "jdbc:postgresql://localhost:PORT/nothing?user=postgres, 2, database \"nothing\" does not exist",
    "jdbc:postgresql://localhost:PORT/postgres?user=nobody, 2, role \"nobody\" does not exist",
  })
  void whatIsWrongWithTheAddressIsSaid(String address, int exitCode, String words) {
    program.with(
        "SMARTLEAD_STATE_URL", address.replace("PORT", Integer.toString(TestPostgres.port())));
    Ended ended = program.run("runs");
    assertThat(ended.err()).startsWith("error: ").contains(words).doesNotContain("bug");
    assertThat(ended.exitCode()).isEqualTo(exitCode);
  }

  @Test
  void databaseOfANewerVersionIsRefused() throws Exception {
    assertThat(program.run("runs").exitCode()).isZero();
    execute("UPDATE schema_version SET version = 99");

    Ended ended = program.run("runs");

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err())
        .startsWith("error: a newer version of smartlead-bulk wrote this database (schema 99;");
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Ended elsewhere(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--state-dir", "elsewhere"));
    return List.of("runs", "show", "status", "report", "prune").contains(arguments[0])
        ? program.run(all.toArray(String[]::new))
        : run(all.toArray(String[]::new));
  }

  /** Account 9 does not exist. */
  private void update() throws IOException {
    program.file("rows.csv", "id,max_email_per_day", "1,31", "2,32", "9,39");
    Ended ended = run("update", "rows.csv");
    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(1);
  }

  private Path copy(String folder, String name) {
    return TestState.copies(home.resolve(folder), url).resolve("runs").resolve("1").resolve(name);
  }

  @Test
  void filesAreTheSameOnAnotherMachine() throws IOException {
    update();

    Ended ended = elsewhere("show", "1");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    for (String name :
        List.of("input.csv", "results.csv", "failed.csv", "before.csv", "summary.json")) {
      assertThat(copy("elsewhere", name)).hasSameBinaryContentAs(copy("var", name));
    }
  }

  @Test
  void everyCommandWorksWithTheRunsOfAnotherMachine() throws IOException {
    update();

    Ended runs = elsewhere("runs", "--json");
    assertThat(runs.exitCode()).as(runs.err()).isZero();
    assertThat(runs.out()).contains("\"run\" : 1");
    Ended status = elsewhere("status");
    assertThat(status.exitCode()).as(status.err()).isEqualTo(1);
    assertThat(status.out()).contains("1 failed");
    Ended report = elsewhere("report", "1", "--out", "page.html");
    assertThat(report.exitCode()).as(report.err()).isZero();
    assertThat(home.resolve("page.html")).content().contains("9");
    Ended retry = elsewhere("retry", "1");
    assertThat(retry.exitCode()).as(retry.err()).isEqualTo(1);
    assertThat(retry.out()).startsWith("Run 2 finished: ");
    Ended rollback = elsewhere("rollback", "1");
    assertThat(rollback.exitCode()).as(rollback.err()).isZero();
    assertThat(api.account(1).get("message_per_day").intValue()).isEqualTo(20);
    assertThat(api.account(2).get("message_per_day").intValue()).isEqualTo(20);
    Ended plan = elsewhere("plan", "rows.csv");
    assertThat(plan.exitCode()).as(plan.err()).isIn(0, 1);
    assertThat(plan.out()).contains("31");
    Ended export = elsewhere("export", "--out", "all.csv");
    assertThat(export.exitCode()).as(export.err()).isZero();
    assertThat(Files.readAllLines(home.resolve("all.csv"))).hasSize(6);
    // What was done there is on record here.
    assertThat(program.run("show", "3").out()).startsWith("Run 3 finished: ");
  }

  @Test
  void pruneLeavesNothingOfARun() throws Exception {
    update();
    run("plan", "rows.csv");
    assertThat(rowsByTable()).containsKeys("run", "outcome", "journal_record", "run_file_part");

    Ended pruned =
        program
            .at(Instant.now().plus(Duration.ofDays(100)).toString())
            .run("prune", "--older-than", "90d");

    assertThat(pruned.exitCode()).as(pruned.err()).isZero();
    assertThat(pruned.out()).contains("Deleted 2 runs: 1, 2");
    // Of the processes, the one that pruned is left.
    assertThat(rowsByTable()).isEqualTo(Map.of("schema_version", 1L, "work_session", 1L));
    assertThat(copy("var", "input.csv")).doesNotExist();
  }

  /** The tables with rows. */
  private Map<String, Long> rowsByTable() throws SQLException {
    Map<String, Long> rowsByTable = new TreeMap<>();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet row =
          statement.executeQuery(
              "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")) {
        while (row.next()) {
          tables.add(row.getString(1));
        }
      }
      for (String table : tables) {
        try (ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
          row.next();
          if (row.getLong(1) > 0) {
            rowsByTable.put(table, row.getLong(1));
          }
        }
      }
    }
    return rowsByTable;
  }

  /** Files that only one process needs do not stay. */
  @Test
  void nothingButCopiesOfRunsStaysInTheFolder() throws IOException {
    update();
    try (Stream<Path> left = Files.list(TestState.copies(home.resolve("var"), url))) {
      assertThat(left.map(path -> path.getFileName().toString())).containsExactly("runs");
    }
  }
}
