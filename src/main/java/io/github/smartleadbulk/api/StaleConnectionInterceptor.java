package io.github.smartleadbulk.api;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import okhttp3.Connection;
import okhttp3.ConnectionPool;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Keeps calls off connections that the server has closed while they were idle. OkHttp checks a
 * connection only after ten idle seconds, and servers close earlier. A call on a closed connection
 * gets no answer, and then it is not known whether the server has read it. So this class checks the
 * connection before the first byte of a call is sent. If it is closed, the call uses a new
 * connection, which costs no attempt and counts once in the windows, because the call reaches the
 * server once.
 */
final class StaleConnectionInterceptor {

  /** At high rates connections are not idle for this long, and the check takes a millisecond. */
  private static final long IDLE = TimeUnit.MILLISECONDS.toNanos(10);

  /** How many closed connections a call can meet. Each time, all idle connections are closed. */
  private static final int MOST = 3;

  private final ConnectionPool pool;

  /** When connections became idle. */
  private final Map<Connection, Long> idleSince = Collections.synchronizedMap(new WeakHashMap<>());

  StaleConnectionInterceptor(ConnectionPool pool) {
    this.pool = pool;
  }

  /** Nothing of the call was sent. */
  private static final class ClosedWhileIdle extends IOException {
    private static final long serialVersionUID = 1;

    ClosedWhileIdle() {
      super("the server closed the connection while it was idle");
    }
  }

  /** The application interceptor, which repeats the call on a new connection. */
  Response intercept(Interceptor.Chain chain) throws IOException {
    for (int i = 1; ; i++) {
      try {
        return chain.proceed(chain.request());
      } catch (ClosedWhileIdle e) {
        if (i == MOST) {
          throw e;
        }
        pool.evictAll();
      }
    }
  }

  /** The network interceptor, which checks the connection. */
  Response look(Interceptor.Chain chain) throws IOException {
    Connection connection = chain.connection();
    Long since = connection == null ? null : idleSince.remove(connection);
    if (since != null && System.nanoTime() - since > IDLE && isClosed(connection.socket())) {
      throw new ClosedWhileIdle();
    }
    return chain.proceed(chain.request());
  }

  /**
   * A server sends nothing between two answers, so if there is something to read, it is the end.
   */
  private static boolean isClosed(Socket socket) {
    try {
      int timeout = socket.getSoTimeout();
      try {
        socket.setSoTimeout(1);
        socket.getInputStream().read();
        return true;
      } finally {
        socket.setSoTimeout(timeout);
      }
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** Notes when connections become idle. */
  EventListener listener() {
    return new CallAttempt.Listener(connection -> idleSince.put(connection, System.nanoTime()));
  }
}
