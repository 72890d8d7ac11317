package io.github.smartleadbulk.sandbox;

import static io.github.smartleadbulk.sandbox.Sandbox.FIRST_ACCOUNT_ID;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class MalformedRequestTest {

  /** A bar stands for the end of a line. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "||",
        "nonsense||",
        "GET||",
        "GET /api/v1/email-accounts/?api_key=%zz HTTP/1.1||",
        "GET /api/v1/email-accounts/?api_key=%ff HTTP/1.1||",
        "GET mailto:x HTTP/1.1||",
        "GET /api/v1/email-accounts/ HTTP/9.9||",
        "POST /api/v1/email-accounts/10000001?api_key=k HTTP/1.1|Content-Length: -5||",
        "POST /api/v1/email-accounts/10000001?api_key=k HTTP/1.1|Content-Length: 9||{",
        "POST /api/v1/email-accounts/10000001?api_key=k HTTP/1.1|Transfer-Encoding: chunked||zz|",
        "\0\u0001\u0002\u0003||",
      })
  void doesNotHarmTheNextCaller(String request) throws Exception {
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
      try (RawCaller caller = new RawCaller(sandbox)) {
        caller.send(request.replace("|", "\r\n"));
        caller.finishSending();
        try {
          assertThat(caller.readToEnd()).doesNotStartWith("HTTP/1.1 5");
        } catch (IOException closed) {
          // Being cut off is an answer, too.
        }
      }
      assertThat(new Caller(sandbox).update(FIRST_ACCOUNT_ID, "{\"bcc\":\"\"}").statusCode())
          .isEqualTo(200);
    }
  }
}
