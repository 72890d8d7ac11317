package io.github.smartleadbulk.state;

import io.github.smartleadbulk.postgres.PermitDesk;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The calls of a key in a database that processes share: each has a permit there, which counts for
 * all of them.
 *
 * @param desk null for a reader, who makes no calls
 */
record SharedCallLog(DataSource dataSource, @Nullable PermitDesk desk, String caller)
    implements CallLog {

  @Override
  public Optional<PermitDesk.KeyPermits> permits() {
    return Optional.ofNullable(desk).map(of -> of.of(caller));
  }

  /** Those that count now. Calls in flight are told as if they ended now. */
  @Override
  public List<Instant> since(Instant from, Instant now) {
    return JdbcClient.create(dataSource)
        .sql("SELECT counted_at FROM permit WHERE caller = ? ORDER BY counted_at")
        .param(caller)
        .query((row, index) -> row.getTimestamp("counted_at").toInstant())
        .list()
        .stream()
        .filter(at -> !at.isBefore(from))
        .map(at -> at.isAfter(now) ? now : at)
        .toList();
  }

  @Override
  public void add(Instant at) {}

  @Override
  public CompletableFuture<Void> record(Instant at) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void close() {}
}
