package io.github.smartleadbulk.state;

import io.github.smartleadbulk.account.Account;
import io.github.smartleadbulk.account.SeenAccount;
import io.github.smartleadbulk.store.StateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** Looks up accounts in account lists that no longer grow. Not thread-safe. */
public final class SeenAccounts implements AutoCloseable {

  private final Connection connection;
  private final PreparedStatement byId;
  private final PreparedStatement byAddress;
  private final PreparedStatement any;
  private final Map<Long, Boolean> emptyByList = new HashMap<>();

  private SeenAccounts(Connection connection) throws SQLException {
    this.connection = connection;
    this.byId =
        connection.prepareStatement(
            "SELECT a.account_id, a.from_email, a.settings, a.first_settings, a.pass = s.pass FROM"
                + " snapshot_account a JOIN account_list s ON s.list = a.list WHERE a.list = ? AND"
                + " a.account_id = ?");
    this.byAddress =
        connection.prepareStatement(
            "SELECT account_id FROM list_address WHERE list = ? AND address = ? ORDER BY"
                + " account_id");
    this.any = connection.prepareStatement("SELECT 1 FROM snapshot_account WHERE list = ? LIMIT 1");
  }

  static SeenAccounts open(DataSource dataSource) {
    try {
      Connection connection = dataSource.getConnection();
      try {
        return new SeenAccounts(connection);
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw unusable(e);
    }
  }

  /**
   * Finds an account by its id.
   *
   * @param list see {@link Snapshots#listOf}
   */
  public Optional<SeenAccount> find(long list, long accountId) {
    if (emptyByList.computeIfAbsent(list, this::isEmpty)) {
      return Optional.empty();
    }
    try {
      byId.setLong(1, list);
      byId.setLong(2, accountId);
      try (ResultSet row = byId.executeQuery()) {
        return row.next() ? Optional.of(account(row)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw unusable(e);
    }
  }

  private boolean isEmpty(long list) {
    try {
      any.setLong(1, list);
      try (ResultSet row = any.executeQuery()) {
        return !row.next();
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
   * The ids of the accounts with an address, ignoring case; none if the addresses of the list were
   * not {@linkplain Snapshots#indexAddresses indexed}.
   */
  public List<Long> find(long list, String fromEmail) {
    try {
      byAddress.setLong(1, list);
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
      any.close();
    } catch (SQLException e) {
      throw unusable(e);
    }
  }
}
