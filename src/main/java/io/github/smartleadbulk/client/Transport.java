package io.github.smartleadbulk.client;

import io.github.smartleadbulk.client.Reply.Doubt;
import io.github.smartleadbulk.client.Reply.Health;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
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

/** Makes single calls and says how they ended; knows nothing of limits, rows and retries. */
final class Transport implements AutoCloseable {

  private final OkHttpClient http;
  private final AccountApi api;
  private final AnswerReader reader;
  private final FailureWords words;
  private final Time time;
  private volatile boolean closed;
  private volatile @Nullable ServerClock serverClock;

  /** What the server's clock showed at a moment of ours. */
  private record ServerClock(Instant date, long at) {}

  Transport(ClientSettings settings, OkHttpClient http, Time time) {
    JsonMapper mapper = JsonMapper.shared();
    OneLine oneLine = new OneLine(settings.key());
    this.http = http;
    this.api =
        new Retrofit.Builder()
            .baseUrl(BaseUrl.withSlash(settings.baseUrl()))
            .client(http)
            .addConverterFactory(new UpdateConverter(mapper))
            .validateEagerly(true)
            .build()
            .create(AccountApi.class);
    this.reader = new AnswerReader(mapper, oneLine);
    this.words = new FailureWords(BaseUrl.shown(settings.baseUrl()), settings.timeout(), oneLine);
    this.time = time;
  }

  /**
   * Starts a call.
   *
   * @param whenOver is told exactly once, on a thread of OkHttp
   */
  void send(Errand errand, Consumer<CallEnd> whenOver) {
    Attempt attempt = new Attempt(time);
    errand
        .call(api, attempt)
        .enqueue(
            new Callback<ResponseBody>() {
              @Override
              public void onResponse(Call<ResponseBody> call, Response<ResponseBody> response) {
                CallEnd end;
                try {
                  end = answered(errand, response, attempt);
                } catch (RuntimeException | Error e) {
                  end = unreadable(response.code(), e, attempt);
                }
                whenOver.accept(end);
              }

              @Override
              public void onFailure(Call<ResponseBody> call, Throwable failure) {
                whenOver.accept(failed(errand, failure, attempt));
              }
            });
  }

  private CallEnd answered(Errand errand, Response<ResponseBody> response, Attempt attempt) {
    LimitHeaders limits = new LimitHeaders(response.headers(), time.now());
    Instant date = limits.date();
    if (date != null) {
      serverClock = new ServerClock(date, attempt.answeredAt());
    }
    Reply reply =
        attempt.isTooLarge() && response.isSuccessful() && errand.isRead()
            ? tooLarge(errand, response.code())
            : reader.read(
                errand, response.code(), body(response), attempt.cutOff() == null, limits);
    return new CallEnd(reply, true, attempt.answeredAt(), limits.budget());
  }

  private static Reply tooLarge(Errand errand, int status) {
    return errand instanceof Errand.Page page && page.page().rows() > 1
        ? new Reply.TooLarge()
        : new Reply.Refused(
            status,
            "HTTP %d, one account alone has more than %d MB: this takes more memory (-Xmx)"
                .formatted(status, WholeAnswer.LARGEST_PAGE / (1024 * 1024)));
  }

  /** What the server's clock shows now, to a second or so. */
  Optional<Instant> serverTime() {
    return Optional.ofNullable(serverClock)
        .map(clock -> clock.date().plusNanos(time.nanos() - clock.at()));
  }

  /** In memory already, see {@link WholeAnswer}. */
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
   * A fault of ours, met by an answer that nobody thought of, or a page that is too large for this
   * machine: the row must not hang on it.
   */
  private static CallEnd unreadable(int status, Throwable fault, Attempt attempt) {
    String message =
        "HTTP %d, the answer cannot be read%s"
            .formatted(
                status,
                fault instanceof OutOfMemoryError
                    ? ": this takes more memory, such as JAVA_OPTS=-Xmx256m"
                    : "");
    Reply reply = new Reply.Again(status, message, Doubt.UNREADABLE, Health.WORKS, Duration.ZERO);
    return new CallEnd(reply, true, attempt.answeredAt(), Budget.UNKNOWN);
  }

  private CallEnd failed(Errand errand, Throwable failure, Attempt attempt) {
    if (attempt.status() != 0) {
      // The answer had begun when time ran out or the connection broke.
      Reply reply = reader.read(errand, attempt.status(), new Buffer(), false, LimitHeaders.none());
      return new CallEnd(reply, true, attempt.answeredAt(), Budget.UNKNOWN);
    }
    boolean sent = attempt.isSent();
    Reply reply =
        closed
            ? new Reply.CutOff()
            : new Reply.Again(
                null,
                words.of(failure, sent),
                sent ? Doubt.NO_ANSWER : Doubt.NONE,
                Health.AWAY,
                Duration.ZERO);
    return new CallEnd(reply, sent, time.nanos(), Budget.UNKNOWN);
  }

  /** Cuts off what is under way. */
  @Override
  public void close() {
    closed = true;
    http.dispatcher().cancelAll();
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }
}
