package io.github.smartleadbulk.client;

import io.github.smartleadbulk.api.ClientSettings;
import io.github.smartleadbulk.api.SharedHttp;
import io.github.smartleadbulk.api.Time;
import io.github.smartleadbulk.api.Transport;
import io.github.smartleadbulk.postgres.PermitDesk;
import io.github.smartleadbulk.postgres.PermitTable;
import io.github.smartleadbulk.postgres.PostgresAddress;
import io.github.smartleadbulk.postgres.PostgresDatabase;
import io.github.smartleadbulk.postgres.WorkSession;
import io.github.smartleadbulk.workspace.LoggedCalls;
import java.net.InetAddress;
import java.net.Socket;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.SocketFactory;

/** What a process has that shares a key: a session in the database, and a client. */
final class SharingClient implements CallHistory, AutoCloseable {

  private static final String CALLER = "0123456789abcdef";

  final SmartleadClient client;
  final WorkSession session;
  private final PostgresDatabase database;
  private final PermitDesk desk;
  private final SharedHttp http;

  SharingClient(PostgresAddress address, ClientSettings settings) throws SQLException {
    this(address, settings, Time.system());
  }

  SharingClient(PostgresAddress address, ClientSettings settings, Time time) throws SQLException {
    this(address, settings, time, () -> {});
  }

  /**
   * @param connecting run each time that a call opens a connection, before it has one
   */
  SharingClient(PostgresAddress address, ClientSettings settings, Time time, Runnable connecting)
      throws SQLException {
    database = PostgresDatabase.open(address, PermitDesk.THREADS);
    session = database.begin();
    desk = new PermitDesk(new PermitTable(database.pool(), session));
    http = SharedHttp.create(1);
    client =
        ClientPool.start(1, time)
            .create(
                settings,
                this,
                new Transport(
                    settings,
                    http.client(settings)
                        .newBuilder()
                        .socketFactory(new Sockets(connecting))
                        .build(),
                    time));
  }

  private static final class Sockets extends SocketFactory {

    private final Runnable connecting;

    Sockets(Runnable connecting) {
      this.connecting = connecting;
    }

    @Override
    public Socket createSocket() {
      connecting.run();
      return new Socket();
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress address, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress from, int fromPort) {
      throw new UnsupportedOperationException();
    }
  }

  @Override
  public List<Instant> since(Instant from, Instant now) {
    return List.of();
  }

  @Override
  public CompletableFuture<Void> record(Instant sentAt) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public Optional<SharedBudget> budget() {
    return Optional.of(LoggedCalls.budget(desk.of(CALLER)));
  }

  /** Ends as a process does that works in order; calls in flight are cut off. */
  @Override
  public void close() throws SQLException {
    client.close();
    http.close();
    desk.close();
    session.close();
    database.close();
  }
}
