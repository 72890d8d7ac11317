package io.github.smartleadbulk.sandbox;

import static io.github.smartleadbulk.sandbox.Sandbox.FIRST_ACCOUNT_ID;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.RateWindow;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class RateLimitsTest {

  private long now = Long.MAX_VALUE - 1_000_000_000; // A nano clock may overflow at any time.

  @ParameterizedTest
  @ValueSource(strings = {"10/s", "10/s,60/min,100/h", "40/s,150/5s", "1/s"})
  void noSpanOfAWindowsLengthHoldsMoreCallsAndNoneIsRefusedWithoutReason(String text) {
    List<RateWindow> windows = RateWindow.parseAll(text);
    RateLimits limits = new RateLimits(windows, Map.of(), () -> now);
    SplittableRandom random = new SplittableRandom(5);
    List<Long> admitted = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      now += random.nextLong(random.nextInt(10) == 0 ? 2_000_000_000L : 20_000_000L);
      boolean hasRoom =
          windows.stream()
              .allMatch(window -> since(admitted, window.length().toNanos()) < window.calls());
      assertThat(limits.admit("k").admitted()).as("call %s", i).isEqualTo(hasRoom);
      if (hasRoom) {
        admitted.add(now);
      }
    }
    assertThat(admitted).hasSizeGreaterThanOrEqualTo(100);
  }

  /** Calls that lie less than the length in the past. */
  private long since(List<Long> times, long length) {
    long count = 0;
    for (int i = times.size() - 1; i >= 0 && now - times.get(i) < length; i--) {
      count++;
    }
    return count;
  }

  @Test
  void headersTellOfTheTightestWindow() {
    RateLimits limits = new RateLimits(RateWindow.parseAll("2/s,3/min"), Map.of(), () -> now);
    assertThat(limits.admit("k").headers())
        .containsEntry("X-RateLimit-Limit", "2")
        .containsEntry("X-RateLimit-Remaining", "1");
    limits.admit("k");
    now += Duration.ofSeconds(1).toNanos();
    assertThat(limits.admit("k").headers())
        .containsEntry("X-RateLimit-Limit", "3")
        .containsEntry("X-RateLimit-Remaining", "0");

    LimitDecision refused = limits.admit("k");
    assertThat(refused.admitted()).isFalse();
    assertThat(refused.retryAfterSeconds()).isEqualTo(59);
    now += Duration.ofSeconds(59).toNanos() - 1;
    assertThat(limits.admit("k").retryAfterSeconds()).isEqualTo(1);
    now++;
    assertThat(limits.admit("k").admitted()).isTrue();
  }

  @Test
  void everyKeyHasItsOwn() {
    RateLimits limits = new RateLimits(RateWindow.parseAll("1/s"), Map.of(), () -> now);
    assertThat(limits.admit("a").admitted()).isTrue();
    assertThat(limits.admit("b").admitted()).isTrue();
    assertThat(limits.admit("a").admitted()).isFalse();
  }

  /** Also of those that have not called for a long time. */
  @Test
  void noKeyWithWindowsOfItsOwnIsForgotten() {
    Map<String, List<RateWindow>> windowsByKey =
        IntStream.range(0, 3_000)
            .boxed()
            .collect(toMap(key -> "k" + key, key -> RateWindow.parseAll(key % 2 + 1 + "/h")));
    RateLimits limits = new RateLimits(RateWindow.parseAll("9/s"), windowsByKey, () -> now);

    for (int call = 1; call <= 3; call++) {
      for (String key : windowsByKey.keySet()) {
        int most = windowsByKey.get(key).get(0).calls();
        assertThat(limits.admit(key).admitted())
            .as("call %d of %s", call, key)
            .isEqualTo(call <= most);
      }
    }
  }

  @Test
  void refusalComesOverHttpWithAllItsHeaders() throws Exception {
    List<SandboxRequest> told = new ArrayList<>();
    try (Sandbox sandbox = Sandbox.start(TestSettings.windows("2/h"), told::add)) {
      Caller caller = new Caller(sandbox);
      caller.get("/email-accounts/");
      HttpResponse<String> last = caller.update(FIRST_ACCOUNT_ID, "{\"bcc\":\"\"}");
      assertThat(last.statusCode()).isEqualTo(200);
      assertThat(last.headers().firstValue("X-RateLimit-Remaining")).contains("0");

      HttpResponse<String> refused = caller.update(FIRST_ACCOUNT_ID, "{\"bcc\":\"\"}");
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.body()).contains("\"RATE_LIMIT_EXCEEDED\"");
      assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0))
          .isBetween(3_500L, 3_600L);
      assertThat(refused.headers().firstValue("X-RateLimit-Limit")).contains("2");
      long reset = refused.headers().firstValueAsLong("X-RateLimit-Reset").orElse(0);
      assertThat(Instant.ofEpochMilli(reset))
          .isBetween(Instant.now().plusSeconds(3_500), Instant.now().plusSeconds(3_601));
      assertThat(sandbox.counts().updatesApplied()).isEqualTo(1);
    }
    assertThat(told).extracting(SandboxRequest::status).containsExactly(200, 200, 429);
  }

  @Test
  void withoutWindowsNothingIsToldOfThem() throws Exception {
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
      assertThat(new Caller(sandbox).get("/email-accounts/").headers().map().keySet())
          .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("x-ratelimit"));
    }
  }
}
