package io.github.smartleadbulk.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Passes requests to the {@link RequestPipeline} and sends its reactions, without a waiting thread.
 */
final class ExchangeHandler implements HttpHandler {

  /** Acts on connections below HTTP. */
  @FunctionalInterface
  interface Connections {

    /** Ends the connection without an answer. */
    void reset(HttpExchange exchange);
  }

  private static final System.Logger LOGGER = System.getLogger(Sandbox.class.getName());

  private static final int LARGEST_BODY = 10 * 1024 * 1024;

  /**
   * How many bytes to read of a body that is too large. The caller then gets an answer instead of a
   * closed connection.
   */
  private static final long LISTENED_TO = 20L * LARGEST_BODY;

  /**
   * The most bytes to write at once. For every thread, the server keeps a buffer as large as the
   * largest write.
   */
  private static final int SLICE = 64 * 1024;

  private static final Duration HANG = Duration.ofMinutes(2);

  private final RequestPipeline gate;
  private final Keys keys;
  private final RequestLog log;
  private final Connections connections;
  private final Duration latency;
  private final ScheduledExecutorService timer;
  private final Executor workers;

  private final Instant startedAt = Instant.now();
  private final long startNanos = System.nanoTime();

  ExchangeHandler(
      RequestPipeline gate,
      Keys keys,
      RequestLog log,
      Connections connections,
      Duration latency,
      ScheduledExecutorService timer,
      Executor workers) {
    this.gate = gate;
    this.keys = keys;
    this.log = log;
    this.connections = connections;
    this.latency = latency;
    this.timer = timer;
    this.workers = workers;
  }

  @Override
  public void handle(HttpExchange exchange) {
    try {
      ApiRequest request = ApiRequest.of(exchange.getRequestMethod(), exchange.getRequestURI());
      Reaction reaction = reaction(request, body(exchange));
      log.add(told(request, reaction));
      Duration delay = latency.plus(reaction.extraDelay());
      if (reaction.ending() == Reaction.Ending.HANG) {
        after(HANG, exchange::close);
      } else if (delay.isZero()) {
        end(exchange, reaction);
      } else {
        after(delay, () -> end(exchange, reaction));
      }
    } catch (IOException gone) {
      exchange.close();
    }
  }

  /**
   * Answers the request. An error in the sandbox itself, such as a full disk, also becomes an
   * answer.
   */
  private Reaction reaction(ApiRequest request, byte @Nullable [] body) {
    try {
      return gate.react(request, body);
    } catch (RuntimeException fault) {
      if (!timer.isShutdown()) {
        LOGGER.log(System.Logger.Level.ERROR, "error in the sandbox", fault);
      }
      return Reaction.of(System.nanoTime(), ErrorAnswers.internal());
    }
  }

  private SandboxRequest told(ApiRequest request, Reaction reaction) {
    Instant arrivedAt = startedAt.plusNanos(reaction.at() - startNanos);
    return new SandboxRequest(
        arrivedAt,
        keys.findName(request.key()),
        request.method(),
        request.path(),
        reaction.status(),
        request.accountId());
  }

  private static byte @Nullable [] body(HttpExchange exchange) throws IOException {
    try (InputStream in = exchange.getRequestBody()) {
      byte[] body = in.readNBytes(LARGEST_BODY + 1);
      if (body.length <= LARGEST_BODY) {
        return body;
      }
      byte[] dropped = new byte[64 * 1024];
      for (long rest = LISTENED_TO; rest > 0; ) {
        int read = in.read(dropped);
        if (read < 0) {
          break;
        }
        rest -= read;
      }
      return null;
    }
  }

  private void after(Duration delay, Runnable action) {
    try {
      // The timer has only one thread, which must not wait for a slow reader.
      var unused =
          timer.schedule(() -> workers.execute(action), delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closing) {
      action.run();
    }
  }

  private void end(HttpExchange exchange, Reaction reaction) {
    if (reaction.ending() == Reaction.Ending.RESET) {
      connections.reset(exchange);
      return;
    }
    try {
      send(exchange, reaction.answer());
    } catch (IOException gone) {
      // The caller has gone, so nobody waits for the answer.
    } finally {
      // The body was sent only in part, so the server closes the connection here.
      exchange.close();
    }
  }

  private static void send(HttpExchange exchange, ApiResponse answer) throws IOException {
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.getResponseHeaders().set("Content-Type", answer.contentType());
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    int length = body.length;
    boolean bodiless = length == 0 || exchange.getRequestMethod().equals("HEAD");
    // To the server, 0 means "unknown length" and -1 means "no body".
    exchange.sendResponseHeaders(answer.status(), bodiless ? -1 : length);
    if (!bodiless) {
      OutputStream out = exchange.getResponseBody();
      int end = (int) (length * answer.sentShare());
      for (int start = 0; start < end; start += SLICE) {
        out.write(body, start, Math.min(SLICE, end - start));
      }
      out.flush();
    }
  }
}
