package io.github.smartleadbulk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.api.AccountPage;
import io.github.smartleadbulk.api.Answer;
import io.github.smartleadbulk.api.ApiKey;
import io.github.smartleadbulk.api.ClientSettings;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever happens, nothing that the client says, logs or prints holds the key or its query. */
@Timeout(30)
class KeySecrecyTest {

  private static final ApiKey KEY = ApiKey.of("sk/3f9b+0c11=secret");
  private static final String ENCODED = "sk%2F3f9b%2B0c11%3Dsecret";

  @RegisterExtension final Overheard overheard = new Overheard();

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

    assertThat(overheard.said()).hasSizeGreaterThan(60);
    assertThat(overheard.all())
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
      assertThat(server.requests()).allMatch(line -> line.contains("api_key=" + ENCODED + " "));
      assertThat(server.requests()).hasSize(2);
    }
  }

  private void provoke(URI url) throws Exception {
    provoke(url, stepped -> stepped.feed(7));
    provoke(url, stepped -> stepped.feed(new AccountPage(0, AccountPage.ROWS, null)));
  }

  private void provoke(URI url, Function<SteppedClient, CompletableFuture<Answer>> call)
      throws Exception {
    ClientSettings settings =
        new ClientSettings(
            url, KEY, List.of(), 1, Duration.ofMillis(300), "test", 0, Duration.ZERO);
    SteppedClient stepped = new SteppedClient(settings);
    try (stepped) {
      CompletableFuture<Answer> answer = call.apply(stepped);
      stepped.until(() -> answer.isDone() || stepped.client.waiting().isPresent());
      overheard.note(stepped.client.waiting());
      stepped.client.stop();
      overheard.note(answer.get(5, TimeUnit.SECONDS));
      overheard.note(stepped.client.stopped());
      overheard.note(settings);
    }
  }
}
