package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.postgres.CuttableLine;
import io.github.smartleadbulk.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;

/**
 * An address that a test keeps while the sandboxes behind it change: a port that was let go may be
 * somebody else's when the next sandbox wants it.
 */
final class StableAddress implements AutoCloseable {

  private final CuttableLine line;
  private volatile int port;

  StableAddress() throws IOException {
    line = new CuttableLine(() -> port);
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
    return "http://127.0.0.1:" + line.port() + "/api/v1";
  }

  @Override
  public void close() throws IOException {
    line.close();
  }
}
