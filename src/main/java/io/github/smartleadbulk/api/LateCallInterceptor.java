package io.github.smartleadbulk.api;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Withholds a call that has become too late while it waited for a thread or a connection. It is the
 * last look before the request is written.
 */
final class LateCallInterceptor implements Interceptor {

  @Override
  public Response intercept(Chain chain) throws IOException {
    CallAttempt attempt = chain.request().tag(CallAttempt.class);
    if (attempt != null && !attempt.mayBeSent()) {
      throw new IOException("too late to send");
    }
    return chain.proceed(chain.request());
  }
}
