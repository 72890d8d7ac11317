package io.github.smartleadbulk.client;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.AccountUpdate;
import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.account.SettingValue;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Values that many tests share. */
final class Samples {

  static final ApiKey KEY = ApiKey.of("sk-3f9b0c11-secret");

  private Samples() {}

  static AccountUpdate update(long accountId) {
    return new AccountUpdate(
        accountId, Map.of(AccountField.MAX_EMAIL_PER_DAY, new SettingValue.Whole(40)));
  }

  /** No windows, three attempts, a second for a call. */
  static ClientSettings settings(URI baseUrl) {
    return settings(baseUrl, "unlimited");
  }

  static ClientSettings settings(URI baseUrl, String windows) {
    return new ClientSettings(
        baseUrl,
        KEY,
        RateWindow.parseAll(windows),
        3,
        Duration.ofSeconds(1),
        "smartlead-bulk/test",
        0,
        Duration.ofMinutes(10));
  }

  static ClientSettings withTimeout(ClientSettings settings, Duration timeout) {
    return new ClientSettings(
        settings.baseUrl(),
        settings.key(),
        settings.windows(),
        settings.maxAttempts(),
        timeout,
        settings.userAgent(),
        settings.concurrency(),
        settings.maxOutage());
  }

  static ClientSettings withMaxAttempts(ClientSettings settings, int maxAttempts) {
    return new ClientSettings(
        settings.baseUrl(),
        settings.key(),
        settings.windows(),
        maxAttempts,
        settings.timeout(),
        settings.userAgent(),
        settings.concurrency(),
        settings.maxOutage());
  }

  static ClientSettings withConcurrency(ClientSettings settings, int concurrency) {
    return new ClientSettings(
        settings.baseUrl(),
        settings.key(),
        settings.windows(),
        settings.maxAttempts(),
        settings.timeout(),
        settings.userAgent(),
        concurrency,
        settings.maxOutage());
  }

  static List<RateWindow> windows(String windows) {
    return RateWindow.parseAll(windows);
  }
}
