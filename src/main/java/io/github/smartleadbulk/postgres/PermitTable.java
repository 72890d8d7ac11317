package io.github.smartleadbulk.postgres;

import io.github.smartleadbulk.account.PermitGrant;
import io.github.smartleadbulk.account.PermitGrant.Shortage;
import io.github.smartleadbulk.account.RateWindow;
import java.io.IOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * The permits of all processes. A call may be sent only with a permit, which counts against the
 * windows of its caller from then until a window's length after its end. Thread-safe.
 *
 * <p>The rule is that of the limiter of a single process, and so is its proof: see {@code Limiter}.
 * Here, only the clock of the database counts. A permit whose process has died counts as if its
 * call ended at the last moment at which it could arrive.
 */
public final class PermitTable {

  /** Keeps permits for at least this long, because another process may have longer windows. */
  private static final Duration LEAST_KEPT = Duration.ofHours(1);

  private static final Duration MARGIN = Duration.ofMinutes(10);

  /** How long before its time a permit is granted: longer than any round trip. */
  private static final Duration AHEAD = Duration.ofSeconds(1);

  private final DataSource pool;
  private final int session;

  /** Takes permits for a session. */
  public PermitTable(DataSource pool, WorkSession session) {
    this.pool = pool;
    this.session = session.id();
  }

  /**
   * Takes permits, in one round trip.
   *
   * @param caller identifies the key and target that share the windows, in 16 characters
   * @param wanted how many, at least 1
   * @param windows the windows of this process, at least one. All permits of the caller count in
   *     them, also those of processes with other windows
   * @param life how long from now the call could arrive
   * @throws SessionLostException if the session has ended
   * @throws IOException if the database fails. Permits may have been granted then
   */
  public PermitGrant take(String caller, int wanted, List<RateWindow> windows, Duration life)
      throws IOException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT granted, usable_after, for_window, full_window, room_after, look_after FROM"
                    + " take_permits(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      statement.setString(1, caller);
      statement.setInt(2, session);
      statement.setInt(3, wanted);
      statement.setArray(4, array(connection, "int4", windows.stream().map(RateWindow::calls)));
      statement.setArray(
          5, array(connection, "int8", windows.stream().map(window -> millis(window.length()))));
      statement.setLong(6, millis(life));
      statement.setLong(7, millis(kept(windows)));
      statement.setLong(8, AHEAD.toMillis());
      statement.setInt(9, AdvisoryLock.PERMITS.space());
      statement.setInt(10, caller.hashCode());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return grant(row, windows);
      }
    } catch (SQLException e) {
      throw ServerFailure.io(e);
    }
  }

  private static PermitGrant grant(ResultSet row, List<RateWindow> windows) throws SQLException {
    Array granted = row.getArray(1);
    if (granted == null) {
      throw new SessionLostException();
    }
    Long[] ids = (Long[]) granted.getArray();
    Long[] usable = (Long[]) row.getArray(2).getArray();
    Integer[] waitsFor = (Integer[]) row.getArray(3).getArray();
    List<PermitGrant.Permit> permits = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      RateWindow window = waitsFor[i] == null ? null : windows.get(waitsFor[i] - 1);
      permits.add(new PermitGrant.Permit(ids[i], micros(usable[i]), window));
    }
    int full = row.getInt(4);
    if (full == 0) {
      return new PermitGrant(permits, null);
    }
    long opens = row.getLong(5);
    Duration opensIn = row.wasNull() ? null : micros(opens);
    return new PermitGrant(
        permits, new Shortage(windows.get(full - 1), opensIn, micros(row.getLong(6))));
  }

  private static Array array(Connection connection, String type, Stream<?> elements)
      throws SQLException {
    return connection.createArrayOf(type, elements.toArray());
  }

  /** Rounds up, because a shorter window would let too many calls go. */
  private static long millis(Duration length) {
    return length.plusNanos(999_999).toMillis();
  }

  private static Duration micros(long micros) {
    return Duration.ofNanos(micros * 1_000);
  }

  private static Duration kept(List<RateWindow> windows) {
    return windows.stream()
        .map(RateWindow::length)
        .filter(length -> length.compareTo(LEAST_KEPT) > 0)
        .max(Duration::compareTo)
        .orElse(LEAST_KEPT)
        .plus(MARGIN);
  }

  /**
   * The calls with these permits have ended: the server has counted them by now, or never will.
   *
   * @throws IOException if the database fails. The permits then count longer, but not for ever
   */
  public void ended(Collection<Long> permits) throws IOException {
    update(
        "UPDATE permit SET counted_at = least(counted_at, clock_timestamp()) WHERE id = ANY (?)",
        permits);
  }

  /**
   * Gives permits back. No byte of their calls was sent, and none will be.
   *
   * @throws IOException as for {@link #ended}
   */
  public void neverSent(Collection<Long> permits) throws IOException {
    update("DELETE FROM permit WHERE id = ANY (?)", permits);
  }

  private void update(String sql, Collection<Long> permits) throws IOException {
    if (permits.isEmpty()) {
      return;
    }
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, array(connection, "int8", permits.stream()));
      statement.executeUpdate();
    } catch (SQLException e) {
      throw ServerFailure.io(e);
    }
  }
}
