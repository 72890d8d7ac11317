package io.github.smartleadbulk.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever happens, nothing that the client says, logs or prints holds the key or its query. */
@Timeout(30)
class KeySecrecyTest {

  private static final ApiKey KEY = ApiKey.of("sk/3f9b+0c11=secret");
  private static final String ENCODED = "sk%2F3f9b%2B0c11%3Dsecret";

  private final Queue<String> said = new ConcurrentLinkedQueue<>();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final Logger root = Logger.getLogger("");
  private final Level level = root.getLevel();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          said.add(record.getMessage() + List.of(orNone(record.getParameters())));
          for (Throwable t = record.getThrown(); t != null; t = t.getCause()) {
            said.add(t.toString());
          }
        }

        private static Object[] orNone(Object[] parameters) {
          return parameters == null ? new Object[0] : parameters;
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    PrintStream all = new PrintStream(printed, true, StandardCharsets.UTF_8);
    System.setOut(all);
    System.setErr(all);
    handler.setLevel(Level.ALL);
    root.addHandler(handler);
    root.setLevel(Level.ALL);
  }

  @AfterEach
  void restore() {
    System.setOut(out);
    System.setErr(err);
    root.removeHandler(handler);
    root.setLevel(level);
  }

  @Test
  void theKeyIsInTheRequestAndNowhereElse() throws Exception {
    String echo = "cannot POST /api/v1/email-accounts/7?api_key=";
    for (String secret : List.of(KEY.secret(), ENCODED)) {
      for (int status : List.of(200, 302, 400, 401, 403, 404, 429, 500, 503)) {
        provoke((n, c) -> answer(c, status, "{\"message\":\"" + echo + secret + "\"}"));
        provoke((n, c) -> answer(c, status, "{\"ok\":false,\"error\":\"" + secret + "\"}"));
        provoke((n, c) -> answer(c, status, echo + secret));
      }
    }
    provoke((n, c) -> false);
    provoke(
        (n, c) -> {
          RawServer.reset(c);
          return false;
        });
    provoke(
        (n, c) -> {
          RawServer.write(c, "not HTTP: " + KEY.secret() + "\r\n\r\n");
          return false;
        });
    provoke(
        (n, c) -> {
          RawServer.write(c, "HTTP/1.1 200 X\r\nno header " + KEY.secret() + "\r\n\r\n");
          return false;
        });
    provoke(
        (n, c) -> {
          RawServer.write(c, "HTTP/1.1 200 X\r\nContent-Length: 9\r\n\r\n{");
          return false;
        });
    provoke(
        (n, c) -> {
          Thread.sleep(2000);
          return false;
        });
    provoke(URI.create("http://127.0.0.1:1"));
    provoke(URI.create("https://smartlead.invalid"));

    assertThat(said).hasSizeGreaterThan(60);
    assertThat(String.join("\n", said) + printed.toString(StandardCharsets.UTF_8))
        .doesNotContain(KEY.secret())
        .doesNotContain(ENCODED)
        .doesNotContain("3f9b");
  }

  private static boolean answer(Socket connection, int status, String body) throws IOException {
    RawServer.answer(connection, status, "", body);
    return true;
  }

  private void provoke(RawServer.Script script) throws Exception {
    try (RawServer server = RawServer.start(script)) {
      provoke(server.url());
      assertThat(server.requests().peek()).contains("?api_key=" + ENCODED + " ");
    }
  }

  private void provoke(URI url) throws Exception {
    ClientSettings settings =
        new ClientSettings(
            url, KEY, List.of(), 1, Duration.ofMillis(300), "test", 0, Duration.ZERO);
    SteppedClient stepped = new SteppedClient(settings);
    try (stepped) {
      CompletableFuture<Answer> answer = stepped.feed(7);
      stepped.until(() -> answer.isDone() || stepped.client.waiting().isPresent());
      said.add(stepped.client.waiting().toString());
      stepped.client.stop();
      said.add(answer.get(5, TimeUnit.SECONDS).toString());
      said.add(stepped.client.stopped().toString());
      said.add(settings.toString());
    }
  }
}
