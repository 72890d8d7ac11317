package io.github.smartleadbulk.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

/**
 * Stands between callers and the JDK's server when connections shall be reset: that server can only
 * close one in good order, and gives nobody its sockets. A caller has to see the difference.
 */
final class ResetRelay implements Connections, AutoCloseable {

  private static final int BUFFER = 16 * 1024;

  private record Pair(Socket caller, Socket server) {}

  private final ServerSocket listener = new ServerSocket();
  private final InetSocketAddress server;
  private final ExecutorService workers;

  /** By the port that the server sees as the caller's. */
  private final ConcurrentMap<Integer, Pair> pairsByPort = new ConcurrentHashMap<>();

  ResetRelay(
      InetSocketAddress address, int backlog, InetSocketAddress server, ExecutorService workers)
      throws IOException {
    this.server = server;
    this.workers = workers;
    try {
      listener.bind(address, backlog);
    } catch (IOException e) {
      listener.close();
      throw e;
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  void start() {
    workers.execute(this::acceptAll);
  }

  private void acceptAll() {
    while (!listener.isClosed()) {
      try {
        connect(listener.accept());
      } catch (IOException | RejectedExecutionException e) {
        // Either the sandbox ends, which the loop notices, or this one caller is gone.
      }
    }
  }

  private void connect(Socket caller) throws IOException {
    Pair pair = new Pair(caller, new Socket());
    try {
      caller.setTcpNoDelay(true);
      pair.server().setTcpNoDelay(true);
      pair.server().connect(server);
      pairsByPort.put(pair.server().getLocalPort(), pair);
      workers.execute(() -> carry(pair.caller(), pair.server(), pair));
      workers.execute(() -> carry(pair.server(), pair.caller(), pair));
    } catch (IOException | RejectedExecutionException e) {
      close(pair);
      throw e;
    }
  }

  private void carry(Socket from, Socket to, Pair pair) {
    try {
      byte[] buffer = new byte[BUFFER];
      InputStream in = from.getInputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        to.getOutputStream().write(buffer, 0, read);
      }
      to.shutdownOutput();
      if (from == pair.caller()) {
        // What the server still has to say goes on its way; its end closes both.
        return;
      }
    } catch (IOException gone) {
      // One side is gone, so is the other.
    }
    close(pair);
  }

  @Override
  public void reset(HttpExchange exchange) {
    Pair pair = pairsByPort.get(exchange.getRemoteAddress().getPort());
    if (pair != null) {
      try {
        // Closing without lingering is what makes a TCP connection end in a reset.
        pair.caller().setSoLinger(true, 0);
      } catch (IOException gone) {
        // The caller was faster.
      }
      close(pair);
    }
    exchange.close();
  }

  private void close(Pair pair) {
    pairsByPort.remove(pair.server().getLocalPort(), pair);
    close(pair.caller());
    close(pair.server());
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Closed as far as that goes.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    pairsByPort.values().forEach(this::close);
  }
}
