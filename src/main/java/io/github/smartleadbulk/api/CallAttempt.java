package io.github.smartleadbulk.api;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Headers;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a call in addition to its answer or exception. It travels as the request's
 * tag. The same OkHttp thread writes and reads it.
 */
public final class CallAttempt {

  private final Time time;
  private final BooleanSupplier mayBeSent;
  private boolean sent;
  private boolean withheld;
  private long answeredAt;
  private int status;
  private Headers headers = Headers.of();
  private @Nullable IOException cutOff;
  private boolean tooLarge;

  /**
   * @param mayBeSent asked just before the request is written; if false, it is withheld
   */
  public CallAttempt(Time time, BooleanSupplier mayBeSent) {
    this.time = time;
    this.mayBeSent = mayBeSent;
  }

  /** Whether the request may be written. If not, the attempt counts as withheld from now on. */
  boolean mayBeSent() {
    withheld = !mayBeSent.getAsBoolean();
    return !withheld;
  }

  /** Whether the request was not written because it was too late. */
  boolean isWithheld() {
    return withheld;
  }

  /** Whether the first byte of the request may have left. */
  boolean isSent() {
    return sent;
  }

  /** When the head of the answer arrived, if it did. */
  long answeredAt() {
    return answeredAt;
  }

  /** The status of the answer; 0 if there was none. */
  int status() {
    return status;
  }

  /** Why the body of the answer is incomplete; null if it is complete. */
  @Nullable IOException cutOff() {
    return cutOff;
  }

  /** Whether the body of the answer is longer than the limit. */
  boolean isTooLarge() {
    return tooLarge;
  }

  void tooLarge() {
    this.tooLarge = true;
  }

  /** The headers of the answer; none if there was no answer. */
  Headers headers() {
    return headers;
  }

  void answered(int newStatus, Headers newHeaders) {
    this.status = newStatus;
    this.headers = newHeaders;
  }

  void cutOff(IOException reason) {
    this.cutOff = reason;
  }

  /**
   * Notes the two moments between which the server sees the request. The sooner an answer is
   * noticed, the sooner the limiter's windows have room again.
   */
  static final class Listener extends EventListener {

    private final Consumer<Connection> whenIdle;

    /**
     * @param whenIdle receives a connection when its call has ended
     */
    Listener(Consumer<Connection> whenIdle) {
      this.whenIdle = whenIdle;
    }

    @Override
    public void connectionReleased(Call call, Connection connection) {
      whenIdle.accept(connection);
    }

    @Override
    public void requestHeadersStart(Call call) {
      CallAttempt attempt = call.request().tag(CallAttempt.class);
      if (attempt != null) {
        attempt.sent = true;
      }
    }

    @Override
    public void responseHeadersEnd(Call call, Response response) {
      CallAttempt attempt = call.request().tag(CallAttempt.class);
      if (attempt != null) {
        attempt.answeredAt = attempt.time.nanos();
      }
    }
  }
}
