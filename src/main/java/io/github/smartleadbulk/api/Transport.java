package io.github.smartleadbulk.api;

import io.github.smartleadbulk.api.CallResult.Doubt;
import io.github.smartleadbulk.api.CallResult.Health;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;
import okhttp3.ResponseBody;
import okio.Buffer;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.Callback;
import retrofit2.Response;
import retrofit2.Retrofit;
import tools.jackson.databind.json.JsonMapper;

/** Makes single calls and reports how they ended. Knows nothing about limits, rows and retries. */
public final class Transport implements AutoCloseable {

  private final SmartleadApi api;
  private final AnswerReader reader;
  private final FailureMessages words;
  private final Time time;

  /** The calls in flight. OkHttp knows only those of all transports together. */
  private final Set<Call<ResponseBody>> calls = ConcurrentHashMap.newKeySet();

  private volatile boolean closed;
  private volatile @Nullable ServerClock serverClock;

  /** What the server's clock showed at a moment on our own clock. */
  private record ServerClock(Instant date, long at) {}

  public static Transport create(ClientSettings settings, SharedHttp http, Time time) {
    return new Transport(settings, http.client(settings), time);
  }

  public Transport(ClientSettings settings, OkHttpClient http, Time time) {
    JsonMapper mapper = JsonMapper.shared();
    SingleLine oneLine = new SingleLine(settings.key());
    this.api =
        new Retrofit.Builder()
            .baseUrl(BaseUrl.withSlash(settings.baseUrl()))
            .client(http)
            .addConverterFactory(new UpdateBodyConverter(mapper))
            .validateEagerly(true)
            .build()
            .create(SmartleadApi.class);
    this.reader = new AnswerReader(mapper, oneLine);
    this.words =
        new FailureMessages(BaseUrl.shown(settings.baseUrl()), settings.timeout(), oneLine);
    this.time = time;
  }

  /**
   * Starts a call.
   *
   * @param mayBeSent asked on a thread of OkHttp when there is a connection, just before the
   *     request is written; if false, the result is {@link CallResult.Withheld}
   * @param whenOver receives the result exactly once, on a thread of OkHttp
   */
  public void send(
      ApiOperation operation, BooleanSupplier mayBeSent, Consumer<CompletedCall> whenOver) {
    CallAttempt attempt = new CallAttempt(time, mayBeSent);
    Call<ResponseBody> started = operation.call(api, attempt);
    calls.add(started);
    if (closed) {
      started.cancel();
    }
    started.enqueue(
        new Callback<ResponseBody>() {
          @Override
          public void onResponse(Call<ResponseBody> call, Response<ResponseBody> response) {
            calls.remove(started);
            CompletedCall end;
            try {
              end = answered(operation, response, attempt);
            } catch (RuntimeException | Error e) {
              end = unreadable(response.code(), e, attempt);
            }
            whenOver.accept(end);
          }

          @Override
          public void onFailure(Call<ResponseBody> call, Throwable failure) {
            calls.remove(started);
            whenOver.accept(failed(operation, failure, attempt));
          }
        });
  }

  private CompletedCall answered(
      ApiOperation operation, Response<ResponseBody> response, CallAttempt attempt) {
    RateLimitHeaders limits = new RateLimitHeaders(response.headers(), time.now());
    Instant date = limits.date();
    if (date != null) {
      serverClock = new ServerClock(date, attempt.answeredAt());
    }
    CallResult result =
        attempt.isTooLarge() && response.isSuccessful() && operation.isRead()
            ? tooLarge(operation, response.code())
            : reader.read(
                operation, response.code(), body(response), attempt.cutOff() == null, limits);
    return new CompletedCall(result, true, attempt.answeredAt(), limits.budget());
  }

  private static CallResult tooLarge(ApiOperation operation, int status) {
    return operation instanceof ApiOperation.Page page && page.page().rows() > 1
        ? new CallResult.TooLarge()
        : new CallResult.Refused(
            status,
            "HTTP %d, a single account has more than %d MB: give the program more memory (-Xmx)"
                .formatted(status, BufferedBodyInterceptor.LARGEST_PAGE / (1024 * 1024)));
  }

  /** What the server's clock shows now, to about a second; empty if no answer has shown it. */
  public Optional<Instant> serverTime() {
    return Optional.ofNullable(serverClock)
        .map(clock -> clock.date().plusNanos(time.nanos() - clock.at()));
  }

  /** Returns the body, which is already in memory: see {@link BufferedBodyInterceptor}. */
  private static Buffer body(Response<ResponseBody> response) {
    try (ResponseBody body = response.isSuccessful() ? response.body() : response.errorBody()) {
      Buffer bytes = new Buffer();
      if (body != null) {
        bytes.writeAll(body.source());
      }
      return bytes;
    } catch (IOException e) {
      throw new IllegalStateException("a buffer in memory cannot be read", e);
    }
  }

  /**
   * The result if reading an answer fails, because of a fault of the program or too little memory.
   * Without a result, the row would wait forever.
   */
  private static CompletedCall unreadable(int status, Throwable fault, CallAttempt attempt) {
    String message =
        "HTTP %d, the answer cannot be read%s"
            .formatted(
                status,
                fault instanceof OutOfMemoryError
                    ? ": not enough memory, try JAVA_OPTS=-Xmx256m"
                    : "");
    CallResult result =
        new CallResult.Again(status, message, Doubt.UNREADABLE, Health.WORKS, Duration.ZERO);
    return new CompletedCall(result, true, attempt.answeredAt(), RemainingCalls.UNKNOWN);
  }

  private CompletedCall failed(ApiOperation operation, Throwable failure, CallAttempt attempt) {
    if (attempt.status() != 0) {
      // The answer had started when the time ran out or the connection broke.
      RateLimitHeaders limits = new RateLimitHeaders(attempt.headers(), time.now());
      CallResult result = reader.read(operation, attempt.status(), new Buffer(), false, limits);
      return new CompletedCall(result, true, attempt.answeredAt(), limits.budget());
    }
    boolean sent = attempt.isSent();
    if (attempt.isWithheld() && !closed) {
      return new CompletedCall(
          new CallResult.Withheld(), false, time.nanos(), RemainingCalls.UNKNOWN);
    }
    CallResult result =
        closed
            ? new CallResult.CutOff()
            : new CallResult.Again(
                null,
                words.of(failure, sent),
                sent ? Doubt.NO_ANSWER : Doubt.NONE,
                Health.AWAY,
                Duration.ZERO);
    return new CompletedCall(result, sent, time.nanos(), RemainingCalls.UNKNOWN);
  }

  /** Cancels the calls in flight, and none of other transports. */
  @Override
  public void close() {
    closed = true;
    calls.forEach(Call::cancel);
  }
}
