package io.github.smartleadbulk.sandbox;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A caller that sees the connection itself. */
final class RawCaller implements AutoCloseable {

  private final Socket socket = new Socket();

  RawCaller(Sandbox sandbox) throws IOException {
    socket.connect(Sandbox.loopback(sandbox.baseUrl().getPort()));
    timeout(Duration.ofSeconds(10));
  }

  void timeout(Duration timeout) throws IOException {
    socket.setSoTimeout((int) timeout.toMillis());
  }

  /** Sends an update of the first account. */
  void update(String json) throws IOException {
    send(
        "POST /api/v1/email-accounts/10000001?api_key=k HTTP/1.1\r\nHost: x\r\n"
            + "Content-Length: "
            + json.length()
            + "\r\n\r\n"
            + json);
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  void finishSending() throws IOException {
    socket.shutdownOutput();
  }

  String readToEnd() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
