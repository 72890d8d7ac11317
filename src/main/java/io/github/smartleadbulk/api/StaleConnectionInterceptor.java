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
 * Keeps calls off connections that the server has closed while they were idle. OkHttp looks only
 * after ten seconds, and servers close sooner; what is written then is read by nobody, and nobody
 * can tell afterwards. So the end of such a connection is looked for before the first byte of a
 * call is sent: a call that never left is made on a fresh one, and cost no attempt. It counts in
 * the windows once, as it reaches the server once.
 */
final class StaleConnectionInterceptor {

  /** At high rates connections are not idle for so long, and the look takes a millisecond. */
  private static final long IDLE = TimeUnit.MILLISECONDS.toNanos(10);

  /** How many dead connections a call may meet; each time all idle ones are closed. */
  private static final int MOST = 3;

  private final ConnectionPool pool;

  /** When connections were last used, as far as they are known. */
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

  /** To be put above the connection: makes the call again on a fresh one. */
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

  /** To be put on the connection: looks whether it is still one. */
  Response look(Interceptor.Chain chain) throws IOException {
    Connection connection = chain.connection();
    Long since = connection == null ? null : idleSince.remove(connection);
    if (since != null && System.nanoTime() - since > IDLE && isClosed(connection.socket())) {
      throw new ClosedWhileIdle();
    }
    return chain.proceed(chain.request());
  }

  /** Between two answers a server has nothing to say, so what can be read is an end. */
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
