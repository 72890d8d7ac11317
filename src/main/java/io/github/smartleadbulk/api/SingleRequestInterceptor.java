package io.github.smartleadbulk.api;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Keeps OkHttp from sending a call twice. With any settings, OkHttp sends a second request after a
 * 503 with {@code Retry-After: 0}, which the limiter would not count.
 */
final class SingleRequestInterceptor implements Interceptor {

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    String retryAfter = response.header("Retry-After");
    return response.code() == 503 && retryAfter != null && retryAfter.matches("0+")
        ? response.newBuilder().removeHeader("Retry-After").build()
        : response;
  }
}
