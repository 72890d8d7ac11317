package io.github.smartleadbulk.notify;

import io.github.smartleadbulk.api.Proxies;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Posts to a webhook. Makes a few attempts within a short time. A failure does not affect the run.
 */
public final class WebhookNotifier {

  /**
   * How long to keep trying.
   *
   * @param pauses the pauses between attempts; their number is one less than the attempts
   */
  public record Patience(Duration oneTry, List<Duration> pauses, Duration altogether) {}

  public static final Patience USUAL =
      new Patience(
          Duration.ofSeconds(10),
          List.of(Duration.ofSeconds(1), Duration.ofSeconds(3)),
          Duration.ofSeconds(30));

  /** For a process that was asked to end. */
  public static final Patience HURRIED =
      new Patience(Duration.ofSeconds(3), List.of(), Duration.ofSeconds(3));

  private static final int TOO_MANY_REQUESTS = 429;

  private final URI url;
  private final Patience patience;
  private final CompletableFuture<Void> givenUp = new CompletableFuture<>();

  public WebhookNotifier(URI url, Patience patience) {
    this.url = url;
    this.patience = patience;
  }

  /** Makes no more attempts. Thread-safe. */
  public void giveUp() {
    givenUp.complete(null);
  }

  /**
   * Posts JSON.
   *
   * @return why the post failed, without the URL; empty if it succeeded
   */
  public Optional<String> post(String json) {
    try {
      return tries(json);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    } catch (RuntimeException e) {
      // This includes a proxy variable that cannot be parsed, which the run has already reported.
      return Optional.of("the address, or the proxy in the environment, cannot be used");
    }
  }

  private Optional<String> tries(String json) throws InterruptedException {
    HttpClient client =
        HttpClient.newBuilder()
            .proxy(Proxies.ofProcess())
            .version(Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .build();
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build();
    long end = System.nanoTime() + patience.altogether().toNanos();
    for (int tries = 1; ; tries++) {
      long left = end - System.nanoTime();
      Answer answer = send(client, request, Math.min(left, patience.oneTry().toNanos()));
      if (answer.failure().isEmpty()) {
        return Optional.empty();
      }
      boolean last = tries > patience.pauses().size();
      if (!answer.mayChange() || last || !pause(patience.pauses().get(tries - 1), end)) {
        return Optional.of(answer.failure() + (tries == 1 ? "" : ", " + tries + " attempts"));
      }
    }
  }

  private Answer send(HttpClient client, HttpRequest request, long nanos)
      throws InterruptedException {
    // The client's own timeout does not cover the look-up of the host. The body is not read.
    CompletableFuture<HttpResponse<InputStream>> response =
        client.sendAsync(request, BodyHandlers.ofInputStream());
    try {
      CompletableFuture.anyOf(response, givenUp).get(nanos, TimeUnit.NANOSECONDS);
      return response.isDone()
          ? Answer.of(response.get().statusCode())
          : new Answer("interrupted by a signal", false);
    } catch (TimeoutException e) {
      return new Answer("no answer", true);
    } catch (ExecutionException e) {
      return new Answer(words(e.getCause()), true);
    } finally {
      response.cancel(true);
    }
  }

  /** Pauses; returns false if there is no time for another attempt. */
  private boolean pause(Duration length, long end) throws InterruptedException {
    if (end - System.nanoTime() <= length.toNanos()) {
      return false;
    }
    try {
      givenUp.get(length.toNanos(), TimeUnit.NANOSECONDS);
      return false;
    } catch (TimeoutException e) {
      return true;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Uses our own words, because the library's messages may contain the URL. */
  private static String words(@Nullable Throwable failure) {
    if (failure instanceof ConnectException) {
      return "no connection";
    }
    return failure instanceof SSLException ? "no TLS connection" : "the connection broke";
  }

  /**
   * @param failure what went wrong; empty for success
   * @param mayChange whether another attempt may succeed
   */
  private record Answer(String failure, boolean mayChange) {

    static Answer of(int status) {
      if (status >= 200 && status < 300) {
        return new Answer("", false);
      }
      return status >= 300 && status < 400
          ? new Answer("status " + status + ", and redirects are not followed", false)
          : new Answer("status " + status, status >= 500 || status == TOO_MANY_REQUESTS);
    }
  }
}
