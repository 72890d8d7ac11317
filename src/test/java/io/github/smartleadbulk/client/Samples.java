package io.github.smartleadbulk.client;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.AccountUpdate;
import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.api.Answer;
import io.github.smartleadbulk.api.ApiKey;
import io.github.smartleadbulk.api.ApiOperation;
import io.github.smartleadbulk.api.ClientSettings;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Values that many tests share. */
public final class Samples {

  public static final ApiKey KEY = ApiKey.of("sk-3f9b0c11-secret");

  private Samples() {}

  public static AccountUpdate update(long accountId) {
    return new AccountUpdate(
        accountId, Map.of(AccountField.MAX_EMAIL_PER_DAY, new SettingValue.Whole(40)));
  }

  static PendingRequest row(long accountId) {
    return new PendingRequest(
        new ApiOperation.Update(update(accountId)), at -> CompletableFuture.completedFuture(null));
  }

  /** No windows, three attempts, a second for a call. */
  public static ClientSettings settings(URI baseUrl) {
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

  public static ClientSettings withTimeout(ClientSettings s, Duration timeout) {
    return copy(s, s.maxAttempts(), timeout, s.concurrency(), s.maxOutage());
  }

  public static ClientSettings withMaxAttempts(ClientSettings s, int maxAttempts) {
    return copy(s, maxAttempts, s.timeout(), s.concurrency(), s.maxOutage());
  }

  public static ClientSettings withConcurrency(ClientSettings s, int concurrency) {
    return copy(s, s.maxAttempts(), s.timeout(), concurrency, s.maxOutage());
  }

  public static ClientSettings withMaxOutage(ClientSettings s, Duration maxOutage) {
    return copy(s, s.maxAttempts(), s.timeout(), s.concurrency(), maxOutage);
  }

  private static ClientSettings copy(
      ClientSettings s, int maxAttempts, Duration timeout, int concurrency, Duration maxOutage) {
    return new ClientSettings(
        s.baseUrl(),
        s.key(),
        s.windows(),
        maxAttempts,
        timeout,
        s.userAgent(),
        concurrency,
        maxOutage);
  }

  /** A record that knows of no earlier calls. */
  static CallHistory record(Consumer<Instant> record) {
    return new CallHistory() {
      @Override
      public List<Instant> since(Instant from, Instant now) {
        return List.of();
      }

      @Override
      public CompletableFuture<Void> record(Instant sentAt) {
        record.accept(sentAt);
        return CompletableFuture.completedFuture(null);
      }
    };
  }

  /** Records nothing. */
  static RequestJournal<Answer> unrecorded() {
    return recordedBy(CallHistory.none());
  }

  /** Records the calls and not the answer. */
  static RequestJournal<Answer> recordedBy(CallHistory record) {
    return new RequestJournal<>() {
      @Override
      public CompletableFuture<Void> sending(Instant at) {
        return record.record(at);
      }

      @Override
      public CompletableFuture<Answer> answered(Answer answer) {
        return CompletableFuture.completedFuture(answer);
      }
    };
  }

  static List<RateWindow> windows(String windows) {
    return RateWindow.parseAll(windows);
  }
}
