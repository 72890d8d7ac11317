package io.github.smartleadbulk.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Relays connections between callers and the JDK's server to do what that server cannot: reset
 * connections, close a single idle connection, and change the {@code Date} of answers.
 */
final class Relay implements ExchangeHandler.Connections, AutoCloseable {

  private static final int BUFFER = 16 * 1024;

  private static final byte[] DATE = "\r\nDate: ".getBytes(StandardCharsets.ISO_8859_1);

  /** All dates in this form have the same length. */
  private static final DateTimeFormatter DATE_FORM =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private static final int DATE_LENGTH = "Thu, 26 Nov 2026 19:12:38 GMT".length();

  /** The two ends of a connection. */
  private static final class Pair {
    private final Socket caller;
    private final Socket server = new Socket();

    /** Counts the pieces received from both sides. */
    private final AtomicLong pieces = new AtomicLong();

    /** Whether a request is in progress. */
    private volatile boolean asked;

    Pair(Socket caller) {
      this.caller = caller;
    }
  }

  private final ServerSocket listener = new ServerSocket();
  private final InetSocketAddress server;
  private final ExecutorService workers;
  private final ScheduledExecutorService timer;
  private final ServerFaults faults;

  /** The connections by the port that the server sees as the caller's. */
  private final ConcurrentMap<Integer, Pair> pairsByPort = new ConcurrentHashMap<>();

  Relay(
      InetSocketAddress address,
      int backlog,
      InetSocketAddress server,
      ExecutorService workers,
      ScheduledExecutorService timer,
      ServerFaults faults)
      throws IOException {
    this.server = server;
    this.workers = workers;
    this.timer = timer;
    this.faults = faults;
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
        // Either the sandbox is closing, which the loop notices, or this caller has gone.
      }
    }
  }

  private void connect(Socket caller) throws IOException {
    Pair pair = new Pair(caller);
    try {
      caller.setTcpNoDelay(true);
      pair.server.setTcpNoDelay(true);
      pair.server.connect(server);
      pairsByPort.put(pair.server.getLocalPort(), pair);
      workers.execute(() -> carry(pair.caller, pair.server, pair));
      workers.execute(() -> carry(pair.server, pair.caller, pair));
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
        boolean isAnswer = from == pair.server;
        if (isAnswer && pair.asked) {
          setDate(buffer, read);
        }
        pair.asked = !isAnswer;
        long piece = pair.pieces.incrementAndGet();
        to.getOutputStream().write(buffer, 0, read);
        if (isAnswer) {
          faults
              .time(ServerFaults.Kind.IDLE_CLOSE)
              .ifPresent(after -> closeIdle(pair, piece, after));
        }
      }
      to.shutdownOutput();
      if (from == pair.caller) {
        // The server may still send data. When it ends, both sides are closed.
        return;
      }
    } catch (IOException gone) {
      // One side has gone, so close the other.
    }
    close(pair);
  }

  /** Closes a connection in order if nothing has been received on it since. */
  private void closeIdle(Pair pair, long piece, Duration after) {
    try {
      var unused =
          timer.schedule(
              () -> {
                if (pair.pieces.get() == piece) {
                  close(pair);
                }
              },
              after.toNanos(),
              TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closing) {
      close(pair);
    }
  }

  /**
   * Changes the date in the headers. The server sends the headers of an answer at the start of one
   * piece.
   */
  private void setDate(byte[] piece, int length) {
    if (faults.clockAhead().isZero()) {
      return;
    }
    for (int i = 0; i + DATE.length + DATE_LENGTH <= length; i++) {
      if (Arrays.equals(piece, i, i + DATE.length, DATE, 0, DATE.length)) {
        byte[] date =
            DATE_FORM
                .format(Instant.now().plus(faults.clockAhead()))
                .getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(date, 0, piece, i + DATE.length, date.length);
        return;
      }
    }
  }

  @Override
  public void reset(HttpExchange exchange) {
    Pair pair = pairsByPort.get(exchange.getRemoteAddress().getPort());
    if (pair != null) {
      try {
        // Closing without lingering resets a TCP connection.
        pair.caller.setSoLinger(true, 0);
      } catch (IOException gone) {
        // The caller closed the connection first.
      }
      close(pair);
    }
    exchange.close();
  }

  private void close(Pair pair) {
    pairsByPort.remove(pair.server.getLocalPort(), pair);
    close(pair.caller);
    close(pair.server);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // The connection is as closed as it can be.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    pairsByPort.values().forEach(this::close);
  }
}
