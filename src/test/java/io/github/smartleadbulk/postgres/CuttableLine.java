package io.github.smartleadbulk.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntSupplier;

/**
 * A line to a server on loopback that a test can cut: connections stay open, and nothing gets
 * through any more, as when a network fails.
 */
public final class CuttableLine implements AutoCloseable {

  private final ServerSocket listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final IntSupplier server;
  private volatile boolean isCut;

  public CuttableLine(int server) throws IOException {
    this(() -> server);
  }

  /**
   * @param server gives the port of the server for each connection
   */
  public CuttableLine(IntSupplier server) throws IOException {
    this.server = server;
    daemon(
        () -> {
          while (true) {
            Socket caller = listener.accept();
            sockets.add(caller);
            daemon(() -> connect(caller));
          }
        });
  }

  public int port() {
    return listener.getLocalPort();
  }

  public void cut() {
    isCut = true;
  }

  private void connect(Socket caller) throws IOException {
    Socket other;
    try {
      other = new Socket(InetAddress.getLoopbackAddress(), server.getAsInt());
    } catch (IOException e) {
      caller.close();
      throw e;
    }
    sockets.add(other);
    caller.setTcpNoDelay(true);
    other.setTcpNoDelay(true);
    daemon(() -> carry(other, caller));
    carry(caller, other);
  }

  private void carry(Socket from, Socket to) throws IOException {
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    byte[] buffer = new byte[1 << 14];
    try {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (!isCut) {
          out.write(buffer, 0, read);
        }
      }
    } finally {
      if (!isCut) {
        from.close();
        to.close();
      }
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
            "cuttable-line");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
