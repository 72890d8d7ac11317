package io.github.smartleadbulk.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smartleadbulk.client.Samples;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientSettingsTest {

  private static final URI HERE = URI.create("http://127.0.0.1:8080/api/v1");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://server.smartlead.ai/api/v1",
        "HTTPS://server.smartlead.ai",
        "http://127.0.0.1:8080/api/v1",
        "http://127.1.2.3",
        "http://localhost:1/",
        "http://[::1]:8080"
      })
  void takesHttpsAnywhereAndHttpToThisMachine(String url) {
    assertThat(Samples.settings(URI.create(url)).baseUrl()).isEqualTo(URI.create(url));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          http://server.smartlead.ai/api/v1 | found base URL http://server.smartlead.ai, expected https (http only to this machine: the key is in the URL)
          http://127.0.0.1.example.com      | found base URL http://127.0.0.1.example.com, expected https (http only to this machine: the key is in the URL)
          ftp://127.0.0.1/                  | found base URL ftp://127.0.0.1, expected https (http only to this machine: the key is in the URL)
          https:///api/v1                   | the base URL names no host, expected one such as https://server.smartlead.ai/api/v1
          server.smartlead.ai/api/v1        | the base URL names no host, expected one such as https://server.smartlead.ai/api/v1
          https://me:secret@example.com/    | the base URL of example.com holds a user, a query or a fragment, expected scheme, host and path only
          https://example.com/?api_key=x1   | the base URL of example.com holds a user, a query or a fragment, expected scheme, host and path only
          """)
  void refusesOtherBaseUrls(String url, String message) {
    assertThatThrownBy(() -> Samples.settings(URI.create(url)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void refusesNumbersThatCannotBe() {
    ClientSettings settings = Samples.settings(HERE);
    assertThatThrownBy(() -> Samples.withMaxAttempts(settings, 0))
        .hasMessage("found 0 attempts, expected 1 or more");
    assertThatThrownBy(() -> Samples.withTimeout(settings, Duration.ZERO))
        .hasMessage("found a timeout of 0 s, expected more than 0 and at most 1 hour");
    assertThatThrownBy(() -> Samples.withConcurrency(settings, -1))
        .hasMessage("found -1 calls at once, expected 1 or more, or 0 for automatic");
    assertThatThrownBy(() -> Samples.withMaxOutage(settings, Duration.ofSeconds(-1)))
        .hasMessage("found a maximum outage of -1 s, expected 0 or more");
  }

  @Test
  void doesNotShowTheKey() {
    assertThat(Samples.settings(HERE).toString())
        .contains("key=***")
        .doesNotContain(Samples.KEY.secret());
  }
}
