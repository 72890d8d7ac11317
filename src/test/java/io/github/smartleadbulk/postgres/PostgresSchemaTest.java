package io.github.smartleadbulk.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class PostgresSchemaTest {

  private static final Duration SILENCE = Duration.ofSeconds(60);

  private final PostgresAddress address = TestPostgres.newAddress();

  private int version() throws Exception {
    try (Connection connection = PostgresDatabase.connect(address, SILENCE);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT version FROM schema_version")) {
      row.next();
      int version = row.getInt(1);
      assertThat(row.next()).isFalse();
      return version;
    }
  }

  @Test
  void databaseOfAnotherEncodingIsRefused() throws Exception {
    try (Connection connection = PostgresDatabase.connect(address, SILENCE);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE DATABASE of_latin1 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
    }
    PostgresAddress latin1 =
        PostgresAddress.of(address.url().replaceFirst("/test\\d+", "/of_latin1"), null);
    assertThatThrownBy(() -> PostgresDatabase.open(latin1, 1))
        .hasMessageStartingWith("its encoding is LATIN1, expected UTF8");
  }

  @Test
  void emptyDatabaseIsUpgradedOnceHoweverManyBegin() throws Exception {
    int processes = 8;
    CyclicBarrier begin = new CyclicBarrier(processes);
    ExecutorService threads = Executors.newFixedThreadPool(processes);
    try {
      List<Future<?>> upgrades = new ArrayList<>();
      for (int i = 0; i < processes; i++) {
        upgrades.add(
            threads.submit(
                () -> {
                  try (Connection connection = PostgresDatabase.connect(address, SILENCE)) {
                    begin.await();
                    PostgresSchema.upgrade(connection);
                  }
                  return null;
                }));
      }
      for (Future<?> upgrade : upgrades) {
        upgrade.get();
      }
    } finally {
      threads.shutdown();
    }
    assertThat(version()).isEqualTo(PostgresSchema.VERSION);
  }

  @Test
  void upgradeThatFailsLeavesNothing() throws Exception {
    try (Connection connection = PostgresDatabase.connect(address, SILENCE);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE journal (somebody INT)");
    }
    assertThatThrownBy(() -> PostgresDatabase.open(address, 2)).hasMessageContaining("journal");
    try (Connection connection = PostgresDatabase.connect(address, SILENCE);
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE journal");
    }
    PostgresDatabase.open(address, 2).close();
    assertThat(version()).isEqualTo(PostgresSchema.VERSION);
  }

  @Test
  void newerVersionIsRefusedAndLeftAlone() throws Exception {
    PostgresDatabase.open(address, 2).close();
    try (Connection connection = PostgresDatabase.connect(address, SILENCE);
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE schema_version SET version = 99");
    }
    assertThatThrownBy(() -> PostgresDatabase.open(address, 2))
        .isInstanceOf(NewerSchemaException.class)
        .hasMessageContaining("schema 99");
    assertThat(version()).isEqualTo(99);
  }
}
