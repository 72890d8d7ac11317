package io.github.smartleadbulk.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A caller of a sandbox over real HTTP. */
final class Caller {

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Sandbox sandbox;
  private final String key;

  Caller(Sandbox sandbox) {
    this(sandbox, sandbox.exampleKey());
  }

  Caller(Sandbox sandbox, String key) {
    this.sandbox = sandbox;
    this.key = key;
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(request(path).GET().build(), BodyHandlers.ofString());
  }

  HttpResponse<String> update(long id, String json) throws IOException, InterruptedException {
    return send("POST", "/email-accounts/" + id, json);
  }

  CompletableFuture<HttpResponse<String>> updateLater(long id, String json) {
    return http.sendAsync(
        request("/email-accounts/" + id).POST(BodyPublishers.ofString(json)).build(),
        BodyHandlers.ofString());
  }

  HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    return http.send(
        request(path).method(method, BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    String separator = path.contains("?") ? "&" : "?";
    URI uri = URI.create(sandbox.baseUrl() + path + separator + "api_key=" + key);
    return HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10));
  }
}
