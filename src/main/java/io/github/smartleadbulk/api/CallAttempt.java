package io.github.smartleadbulk.api;

import java.io.IOException;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Headers;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a call beyond its answer or exception; rides along as the request's tag. One
 * OkHttp thread writes it, and the same one reads it at the end.
 */
public final class CallAttempt {

  private final Time time;
  private boolean sent;
  private long answeredAt;
  private int status;
  private Headers headers = Headers.of();
  private @Nullable IOException cutOff;
  private boolean tooLarge;

  public CallAttempt(Time time) {
    this.time = time;
  }

  /** Whether the first byte of the request may have left. */
  boolean isSent() {
    return sent;
  }

  /** When the head of the answer was here, if one came. */
  long answeredAt() {
    return answeredAt;
  }

  /** Of the answer's first line; 0 if none came. */
  int status() {
    return status;
  }

  /** Why the answer's body is not whole; null if it is. */
  @Nullable IOException cutOff() {
    return cutOff;
  }

  /** Whether the answer's body has more bytes than are read. */
  boolean isTooLarge() {
    return tooLarge;
  }

  void tooLarge() {
    this.tooLarge = true;
  }

  /** Of the answer; none if none came. */
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
   * Notes the two moments between which the server sees the request: the sooner an answer is known
   * to be one, the sooner its place in the limiter's windows is free again.
   */
  static final class Listener extends EventListener {

    private final Consumer<Connection> whenIdle;

    /**
     * @param whenIdle is told of a connection that a call has left
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
