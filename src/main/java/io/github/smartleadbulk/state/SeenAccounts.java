package io.github.smartleadbulk.state;

import io.github.smartleadbulk.account.Account;
import io.github.smartleadbulk.account.SeenAccount;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** Looks up accounts in a snapshot that no longer grows. Not thread-safe. */
public final class SeenAccounts implements AutoCloseable {

  private final Connection connection;
  private final PreparedStatement byId;
  private final PreparedStatement byAddress;
  private final boolean empty;

  private SeenAccounts(Connection connection, int run) throws SQLException {
    this.connection = connection;
    this.byId =
        connection.prepareStatement(
            "SELECT a.account_id, a.from_email, a.settings, a.first_settings, a.pass = s.pass FROM"
                + " snapshot_account a JOIN snapshot s ON s.run = a.run WHERE a.run = ? AND"
                + " a.account_id = ?");
    this.byAddress =
        connection.prepareStatement(
            "SELECT account_id FROM account_address WHERE run = ? AND address = ? ORDER BY"
                + " account_id");
    byId.setInt(1, run);
    byAddress.setInt(1, run);
    try (PreparedStatement any =
        connection.prepareStatement("SELECT 1 FROM snapshot_account WHERE run = ? LIMIT 1")) {
      any.setInt(1, run);
      try (ResultSet row = any.executeQuery()) {
        this.empty = !row.next();
      }
    }
  }

  static SeenAccounts open(DataSource dataSource, int run) {
    try {
      Connection connection = dataSource.getConnection();
      try {
        return new SeenAccounts(connection, run);
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw unusable(e);
    }
  }

  public Optional<SeenAccount> find(long accountId) {
    if (empty) {
      return Optional.empty();
    }
    try {
      byId.setLong(2, accountId);
      try (ResultSet row = byId.executeQuery()) {
        return row.next() ? Optional.of(account(row)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw unusable(e);
    }
  }

  private static SeenAccount account(ResultSet row) throws SQLException {
    long id = row.getLong(1);
    String fromEmail = row.getString(2);
    Account now = new Account(id, fromEmail, StoredSettings.read(row.getString(3)));
    String first = row.getString(4);
    return new SeenAccount(
        first == null ? now : new Account(id, fromEmail, StoredSettings.read(first)),
        row.getBoolean(5) ? now : new Account(id, fromEmail, Map.of()));
  }

  /**
   * The ids of the accounts with an address, ignoring case; none if the addresses were not
   * {@linkplain Snapshots#indexAddresses indexed}.
   */
  public List<Long> find(String fromEmail) {
    try {
      byAddress.setString(2, Snapshots.address(fromEmail));
      try (ResultSet row = byAddress.executeQuery()) {
        List<Long> ids = new ArrayList<>(1);
        while (row.next()) {
          ids.add(row.getLong(1));
        }
        return ids;
      }
    } catch (SQLException e) {
      throw unusable(e);
    }
  }

  private static StateException unusable(SQLException e) {
    return new StateException(
        StateException.Reason.UNUSABLE,
        "the accounts in the state folder cannot be looked up: " + StateException.words(e),
        e);
  }

  @Override
  public void close() {
    try (connection) {
      byId.close();
      byAddress.close();
    } catch (SQLException e) {
      throw unusable(e);
    }
  }
}
