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

/** A post to a webhook: tried some times, but not for long, and of no consequence for the run. */
public final class WebhookNotifier {

  /**
   * For how long it is tried.
   *
   * @param pauses between the tries: one less than tries
   */
  public record Patience(Duration oneTry, List<Duration> pauses, Duration altogether) {}

  public static final Patience USUAL =
      new Patience(
          Duration.ofSeconds(10),
          List.of(Duration.ofSeconds(1), Duration.ofSeconds(3)),
          Duration.ofSeconds(30));

  /** Of a process that was told to end. */
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

  /** Tries no more; thread-safe. */
  public void giveUp() {
    givenUp.complete(null);
  }

  /**
   * Posts a JSON text.
   *
   * @return why it did not get through, without the URL; empty if it did
   */
  public Optional<String> post(String json) {
    try {
      return tries(json);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    } catch (RuntimeException e) {
      // Also a proxy variable that cannot be understood; the run has told of that.
      return Optional.of(e.getClass().getSimpleName());
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
    // Not the client's own timeout, which leaves the look-up of the host out. The body is not read.
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

  /** False if there is no time for another try. */
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

  /** Our own: those of the library may hold the URL. */
  private static String words(@Nullable Throwable failure) {
    if (failure instanceof ConnectException) {
      return "no connection";
    }
    return failure instanceof SSLException ? "no TLS connection" : "the connection broke";
  }

  /**
   * @param failure empty if there is none
   * @param mayChange whether another try may get through
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
