package io.github.smartleadbulk.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A proxy that notes what it is asked for and lets nothing through. What the tests and the browser
 * itself ask for goes to a name of its own: it gets an empty answer and is not noted.
 */
final class RefusingProxy implements AutoCloseable {

  static final String OWN = "http://own.invalid/";

  private static final String REFUSAL = "403 Forbidden";
  private static final String EMPTY = "200 OK";
  private static final String ANSWER =
      "HTTP/1.1 %s\r\nContent-Type: text/html\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

  private final ServerSocket socket;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private RefusingProxy(ServerSocket socket) {
    this.socket = socket;
  }

  static RefusingProxy start() {
    try {
      RefusingProxy proxy =
          new RefusingProxy(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()));
      proxy.threads.execute(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket caller = socket.accept();
        threads.execute(() -> refuse(caller));
      } catch (IOException e) {
        // Closed. Anything else shows as a request that is missing.
      }
    }
  }

  private void refuse(Socket caller) {
    try (caller;
        OutputStream answer = caller.getOutputStream();
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(caller.getInputStream(), StandardCharsets.ISO_8859_1))) {
      String line = reader.readLine();
      if (line == null) {
        // Opened in advance and not used: the browser told nobody what for.
        return;
      }
      String request = line.substring(0, line.lastIndexOf(' '));
      boolean isOwn = request.contains(" " + OWN);
      if (!isOwn) {
        requests.add(request);
      }
      while (line != null && !line.isEmpty()) {
        line = reader.readLine();
      }
      answer.write(ANSWER.formatted(isOwn ? EMPTY : REFUSAL).getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      // The browser gave up, which is as good as a refusal.
    }
  }

  String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  /** Method and target of each request, for example {@code CONNECT example.com:443}. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      threads.shutdownNow();
    }
  }
}
