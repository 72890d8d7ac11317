package io.github.smartleadbulk.client;

import java.io.IOException;
import okhttp3.Call;
import okhttp3.EventListener;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a call beyond its answer or exception; rides along as the request's tag. One
 * OkHttp thread writes it, and the same one reads it at the end.
 */
final class Attempt {

  private boolean sent;
  private int status;
  private @Nullable IOException cutOff;

  /** Whether the first byte of the request may have left. */
  boolean isSent() {
    return sent;
  }

  /** Of the answer's first line; 0 if none came. */
  int status() {
    return status;
  }

  /** Why the answer's body is not whole; null if it is. */
  @Nullable IOException cutOff() {
    return cutOff;
  }

  void answered(int status) {
    this.status = status;
  }

  void cutOff(IOException reason) {
    this.cutOff = reason;
  }

  /** Notes the moment from which on nobody can say that the server has not seen the request. */
  static final class Listener extends EventListener {
    @Override
    public void requestHeadersStart(Call call) {
      Attempt attempt = call.request().tag(Attempt.class);
      if (attempt != null) {
        attempt.sent = true;
      }
    }
  }
}
