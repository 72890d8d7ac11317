package io.github.smartleadbulk.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;

/** A PostgreSQL server of its own that a test can kill and start again. */
public final class RestartablePostgres implements AutoCloseable {

  private final Path data;
  private EmbeddedPostgres server;

  /**
   * @param data a folder for its data that need not exist
   */
  public RestartablePostgres(Path data) throws IOException {
    this.data = data;
    this.server =
        EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false).start();
  }

  /** The address of its database. */
  public String url() {
    return server.getJdbcUrl("postgres", "postgres");
  }

  /** Ends it as {@code pg_ctl stop -m immediate} does: what is not on its disk is lost. */
  public void kill() throws IOException, InterruptedException {
    ProcessHandle process =
        ProcessHandle.of(Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0)))
            .orElseThrow();
    int sent = new ProcessBuilder("kill", "-QUIT", Long.toString(process.pid())).start().waitFor();
    if (sent != 0) {
      throw new IOException("kill: " + sent);
    }
    try {
      process.onExit().get();
    } catch (ExecutionException e) {
      throw new IOException(e);
    }
  }

  /** Starts it again after {@link #kill}. */
  public void startAgain() throws IOException {
    int port = server.getPort();
    server.close();
    server =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setPort(port)
            .start();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
