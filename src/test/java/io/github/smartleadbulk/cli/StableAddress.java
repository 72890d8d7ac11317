package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.sandbox.Sandbox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

/**
 * An address that a test keeps while the sandboxes behind it change: a port that was let go may be
 * somebody else's when the next sandbox wants it.
 */
final class StableAddress implements AutoCloseable {

  private final ServerSocket listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
  private volatile int port;

  StableAddress() throws IOException {
    daemon(
        () -> {
          while (true) {
            Socket caller = listener.accept();
            daemon(() -> connect(caller));
          }
        });
  }

  /** Where callers get to from now on. */
  Sandbox of(Sandbox sandbox) {
    to(sandbox.baseUrl().toString());
    return sandbox;
  }

  /** The server where callers get to from now on. */
  void to(String url) {
    port = URI.create(url).getPort();
  }

  String url() {
    return "http://127.0.0.1:" + listener.getLocalPort() + "/api/v1";
  }

  private void connect(Socket caller) throws IOException {
    try (caller;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
      caller.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      daemon(() -> carry(server, caller));
      carry(caller, server);
    }
  }

  private static void carry(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    }
  }

  private interface Task {
    void run() throws IOException;
  }

  private static void daemon(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException gone) {
                // One side is gone, or the test has ended.
              }
            },
            "stable-address");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
