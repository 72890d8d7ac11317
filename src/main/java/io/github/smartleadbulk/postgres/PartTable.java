package io.github.smartleadbulk.postgres;

import io.github.smartleadbulk.postgres.WorkSession.Conflict;
import java.io.IOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The parts of a run: workspaces that another process sends for the one that has the run. Whoever
 * takes a part has the claims on its workspaces until it gives them back or its session is lost, so
 * that nobody else sends for them at any time. Thread-safe.
 */
public final class PartTable {

  /** How it goes with a part. */
  public enum State {
    /** Nobody has taken it. */
    OFFERED,
    /** A connected process has it. */
    TAKEN,
    /** Whoever had it has ended in order, and has given the workspaces back. */
    OVER,
    /** Whoever had it was killed, paused or cut off. */
    LOST
  }

  /**
   * A part of a run.
   *
   * @param number not given twice by one process
   * @param places of its workspaces among those of the run
   */
  public record Part(int number, List<Integer> places, State state) {}

  private static final String PLACES_OF =
      " FROM run_workspace w WHERE w.run = ? AND w.place = ANY(?)";

  private final DataSource pool;
  private final WorkSession session;
  private final int run;

  public PartTable(DataSource pool, WorkSession session, int run) {
    this.pool = pool;
    this.session = session;
    this.run = run;
  }

  /** The session that offers parts, by which others find them. */
  public int session() {
    return session.id();
  }

  /** Forgets what processes before this one have offered. Call while this one has the run. */
  public void clear() throws IOException {
    change("DELETE FROM run_part WHERE run = ?", run);
  }

  /** Lets others take a part of the run, which this process has. */
  public void offer(int number, Collection<Integer> places) throws IOException {
    change(
        "INSERT INTO run_part (run, part, owner, places) VALUES (?, ?, ?, ?)",
        run,
        number,
        session.id(),
        places);
  }

  /**
   * Takes back an offer.
   *
   * @return false if somebody has taken it
   */
  public boolean withdraw(int number) throws IOException {
    return change(
            "DELETE FROM run_part WHERE run = ? AND part = ? AND session IS NULL", run, number)
        > 0;
  }

  /** The parts that are offered or taken. */
  public List<Part> list() throws IOException {
    List<Part> parts = new ArrayList<>();
    try (Connection connection = pool.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT part, places, CASE WHEN p.session IS NULL THEN 'OFFERED' WHEN is_over THEN"
                    + " 'OVER' WHEN s.ended OR NOT "
                    + AdvisoryLock.SESSION.isHeld("p.session")
                    + " THEN 'LOST' ELSE 'TAKEN' END FROM run_part p LEFT JOIN work_session s ON"
                    + " s.id = p.session WHERE run = ? ORDER BY part")) {
      statement.setInt(1, run);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          parts.add(
              new Part(rows.getInt(1), places(rows.getArray(2)), State.valueOf(rows.getString(3))));
        }
      }
      return parts;
    } catch (SQLException e) {
      throw ServerFailure.io(e);
    }
  }

  /**
   * Takes back a part whose process has ended or is lost. From then on, nothing more comes from
   * that process.
   *
   * @return who works on one of the workspaces now; empty if this process has them
   */
  public Optional<Conflict> takeBack(Part part) throws IOException {
    try {
      Optional<Conflict> conflict = session.claim(workspaces(part.places()));
      if (conflict.isEmpty()) {
        forget(part);
      }
      return conflict;
    } catch (SQLException e) {
      throw ServerFailure.io(e);
    }
  }

  /** Removes a part that nobody has. */
  public void forget(Part part) throws IOException {
    change("DELETE FROM run_part WHERE run = ? AND part = ?", run, part.number());
  }

  private List<WorkSession.Workspace> workspaces(List<Integer> places) throws SQLException {
    List<WorkSession.Workspace> workspaces = new ArrayList<>();
    try (Connection connection = pool.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("SELECT target, key_hash" + PLACES_OF)) {
      bind(statement, run, places);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          workspaces.add(new WorkSession.Workspace(rows.getString(1), rows.getString(2)));
        }
      }
    }
    return workspaces;
  }

  /** Asks everybody who has a part to end. */
  public void askToEnd() throws IOException {
    change("UPDATE run_part SET end_asked = TRUE WHERE run = ?", run);
  }

  /**
   * Takes a part of the run for this process.
   *
   * @param owner the session that has offered it
   * @return the places of its workspaces; empty if nobody needs it any more
   */
  public Optional<List<Integer>> take(int owner, int number) throws IOException {
    List<Integer> taken = new ArrayList<>();
    decide(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "UPDATE run_part p SET session = ? FROM work_session s, journal j WHERE p.run ="
                      + " ? AND p.part = ? AND p.owner = ? AND p.session IS NULL AND NOT"
                      + " p.end_asked AND j.run = p.run AND j.session = p.owner AND s.id ="
                      + " p.owner AND NOT s.ended AND "
                      + AdvisoryLock.SESSION.isHeld("p.owner")
                      + " RETURNING p.places")) {
            bind(statement, session.id(), run, number, owner);
            try (ResultSet row = statement.executeQuery()) {
              if (row.next()) {
                taken.addAll(places(row.getArray(1)));
              }
            }
          }
          moveClaims(connection, owner, session.id(), taken);
          return Optional.empty();
        });
    return taken.isEmpty() ? Optional.empty() : Optional.of(taken);
  }

  /**
   * Whether whoever has a part should go on: its owner is connected, and has not asked it to end.
   */
  public boolean mayGoOn(int number) throws IOException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT 1 FROM run_part p JOIN work_session s ON s.id = p.owner WHERE p.run = ? AND"
                    + " p.part = ? AND p.session = ? AND NOT p.end_asked AND NOT s.ended AND "
                    + AdvisoryLock.SESSION.isHeld("p.owner"))) {
      bind(statement, run, number, session.id());
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    } catch (SQLException e) {
      throw ServerFailure.io(e);
    }
  }

  /** Gives a part back to its owner. After that, this process can add nothing to the journal. */
  public void giveBack(int owner, int number, List<Integer> places) throws IOException {
    decide(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "UPDATE run_part SET is_over = TRUE WHERE run = ? AND part = ? AND session ="
                      + " ?")) {
            bind(statement, run, number, session.id());
            statement.executeUpdate();
          }
          if (WorkSession.isInOrder(connection, owner)) {
            moveClaims(connection, session.id(), owner, places);
          }
          return Optional.empty();
        });
  }

  private void moveClaims(Connection connection, int from, int to, List<Integer> places)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE workspace_claim c SET session = ?"
                + PLACES_OF
                + " AND c.target = w.target AND c.key_hash = w.key_hash AND c.session = ?")) {
      bind(statement, to, run, places, from);
      statement.executeUpdate();
    }
  }

  private int change(String sql, Object... parameters) throws IOException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw ServerFailure.io(e);
    }
  }

  private void decide(WorkSession.Decision decision) throws IOException {
    try {
      Optional<Conflict> unused = session.decide(decision);
    } catch (SQLException e) {
      throw ServerFailure.io(e);
    }
  }

  private static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      if (parameters[i] instanceof Collection<?> places) {
        statement.setArray(
            i + 1, statement.getConnection().createArrayOf("int4", places.toArray()));
      } else {
        statement.setObject(i + 1, parameters[i]);
      }
    }
  }

  private static List<Integer> places(Array array) throws SQLException {
    return Arrays.asList((Integer[]) array.getArray());
  }
}
