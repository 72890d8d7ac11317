package io.github.smartleadbulk.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Takes what is posted and answers as it is told, in this order; the last answer stays. */
final class WebhookServer implements AutoCloseable {

  /** The part of its URL that nobody may see. */
  static final String SECRET = "T0PS3CR3T";

  /** Instead of a status: the answer does not come. */
  static final int NEVER = 0;

  record Post(String method, String contentType, String body) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
  private final Queue<Post> posts = new ConcurrentLinkedQueue<>();

  private WebhookServer(HttpServer server) {
    this.server = server;
  }

  static WebhookServer answering(Integer... statuses) throws IOException {
    WebhookServer webhook =
        new WebhookServer(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    webhook.statuses.addAll(List.of(statuses));
    webhook.server.createContext("/", webhook::answer);
    webhook.server.setExecutor(webhook.threads);
    webhook.server.start();
    return webhook;
  }

  private void answer(HttpExchange exchange) throws IOException {
    posts.add(
        new Post(
            exchange.getRequestMethod(),
            exchange.getRequestHeaders().getFirst("Content-Type"),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
    int status = statuses.size() > 1 ? statuses.remove() : statuses.element();
    try {
      if (status != NEVER) {
        exchange.getResponseHeaders().add("Location", "/elsewhere");
        // A body that does not end: nobody may wait for it.
        exchange.sendResponseHeaders(status, 0);
        exchange.getResponseBody().flush();
      }
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      exchange.close();
    }
  }

  String url() {
    return "http://127.0.0.1:%d/services/%s?token=%s"
        .formatted(server.getAddress().getPort(), SECRET, SECRET);
  }

  List<Post> posts() {
    return List.copyOf(posts);
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
