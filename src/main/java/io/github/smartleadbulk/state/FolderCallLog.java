package io.github.smartleadbulk.state;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The calls of a key as the journals of a state folder have them. A journal has each call before it
 * is sent, and closing the log stores the calls in the database for the next process.
 */
final class FolderCallLog implements CallLog {

  /** More calls than any API allows in its longest window. */
  private static final int MOST = 100_000;

  private final DataSource dataSource;
  private final RunJournals journals;
  private final String caller;
  private final Duration kept;
  private final Clock clock;
  private final Deque<JournalledRun.Call> calls = new ArrayDeque<>();

  /**
   * Opens the log.
   *
   * @param kept how long a call counts
   */
  FolderCallLog(
      DataSource dataSource, RunJournals journals, String caller, Duration kept, Clock clock) {
    this.dataSource = dataSource;
    this.journals = journals;
    this.caller = caller;
    this.kept = kept;
    this.clock = clock;
  }

  @Override
  public String caller() {
    return caller;
  }

  @Override
  public List<Instant> since(Instant from, Instant now) {
    JdbcClient jdbc = JdbcClient.create(dataSource);
    jdbc.sql("UPDATE api_call SET called_at = ? WHERE caller = ? AND called_at > ?")
        .params(now.toEpochMilli(), caller, now.toEpochMilli())
        .update();
    return jdbc.sql(
            "SELECT called_at FROM api_call WHERE caller = ? AND called_at >= ? ORDER BY called_at")
        .params(caller, from.toEpochMilli())
        .query((row, index) -> Instant.ofEpochMilli(row.getLong("called_at")))
        .list();
  }

  @Override
  public synchronized void add(Instant at) {
    calls.add(new JournalledRun.Call(at, caller));
    if (calls.size() > MOST) {
      calls.remove();
    }
  }

  @Override
  public CompletableFuture<Void> record(Instant at) {
    add(at);
    return journals.addCall(new RunEvent.CallIntended(at, caller, 0, null, 0));
  }

  static void put(DataSource dataSource, Collection<JournalledRun.Call> calls) {
    if (!calls.isEmpty()) {
      new JdbcTemplate(dataSource)
          .batchUpdate(
              "INSERT INTO api_call (caller, called_at) VALUES (?, ?)",
              calls,
              1_000,
              (statement, call) -> {
                statement.setString(1, call.caller());
                statement.setLong(2, call.at().toEpochMilli());
              });
    }
  }

  @Override
  public synchronized void close() {
    if (calls.isEmpty()) {
      return;
    }
    put(dataSource, calls);
    JdbcClient.create(dataSource)
        .sql("DELETE FROM api_call WHERE caller = ? AND called_at < ?")
        .params(caller, present().minus(kept).toEpochMilli())
        .update();
    calls.clear();
  }

  /**
   * Now, or the last call if that is earlier: a clock that jumps ahead must not delete calls that
   * still count.
   */
  private Instant present() {
    Instant now = clock.instant();
    Instant last = calls.getLast().at();
    return last.isBefore(now) ? last : now;
  }
}
