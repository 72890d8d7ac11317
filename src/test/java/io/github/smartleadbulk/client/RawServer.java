package io.github.smartleadbulk.client;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A server of bare sockets: what goes wrong in tests goes wrong on the wire. */
public final class RawServer implements Closeable {

  /** What happens to one request. */
  public interface Script {
    /**
     * Answers, or does something worse.
     *
     * @param number counts the requests from 1
     * @return whether the connection may serve another request
     */
    boolean play(int number, Socket connection) throws IOException, InterruptedException;
  }

  private final ServerSocket socket;
  private final Script script;
  private final Queue<Socket> connections = new ConcurrentLinkedQueue<>();
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();
  private final Queue<String> headers = new ConcurrentLinkedQueue<>();
  private int number;

  private RawServer(Script script) throws IOException {
    this.script = script;
    this.socket = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
  }

  public static RawServer start(Script script) {
    try {
      RawServer server = new RawServer(script);
      daemon(server::accept);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "raw-server");
    thread.setDaemon(true);
    thread.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port() + "/api/v1");
  }

  public int port() {
    return socket.getLocalPort();
  }

  /** First lines, in order of arrival. */
  public Queue<String> requests() {
    return requests;
  }

  /** First line; of the request that is being answered where there is one at a time. */
  String latestRequest() {
    return new ArrayList<>(requests).get(requests.size() - 1);
  }

  /** Of all requests. */
  public Queue<String> headers() {
    return headers;
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        connection.setTcpNoDelay(true);
        connections.add(connection);
        daemon(() -> serve(connection));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      InputStream in = new BufferedInputStream(connection.getInputStream());
      while (readRequest(in) && script.play(next(), connection)) {}
    } catch (IOException | InterruptedException e) {
      // The client has gone, or the test has ended.
    }
  }

  private synchronized int next() {
    return ++number;
  }

  private boolean readRequest(InputStream in) throws IOException {
    String first = line(in);
    if (first.isEmpty()) {
      return false;
    }
    int length = 0;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      headers.add(header);
      if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(15).strip());
      }
    }
    in.skipNBytes(length);
    requests.add(first);
    return true;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  static void write(Socket connection, String text) throws IOException {
    connection.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    connection.getOutputStream().flush();
  }

  /** A whole answer. */
  public static void answer(Socket connection, int status, String headers, String body)
      throws IOException {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    write(
        connection,
        "HTTP/1.1 "
            + status
            + " X\r\n"
            + headers
            + "Content-Length: "
            + length
            + "\r\n\r\n"
            + body);
  }

  /** Ends the connection by a TCP reset instead of a regular end. */
  static void reset(Socket connection) throws IOException {
    connection.setSoLinger(true, 0);
    connection.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }
}
