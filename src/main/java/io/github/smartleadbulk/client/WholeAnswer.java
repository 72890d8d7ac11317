package io.github.smartleadbulk.client;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;

/**
 * Reads the body of every answer to its end, but not beyond a bound, before Retrofit does: Retrofit
 * keeps error bodies of any size in memory, and loses the status where the body breaks off.
 */
final class WholeAnswer implements Interceptor {

  /** Answers to an update have some hundred bytes. */
  static final int LARGEST_BODY = 64 * 1024;

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    Attempt attempt = chain.request().tag(Attempt.class);
    if (attempt == null) {
      return response;
    }
    attempt.answered(response.code());
    ResponseBody body = response.body();
    byte[] bytes;
    try (BufferedSource source = body.source()) {
      try {
        source.request(LARGEST_BODY);
      } catch (IOException e) {
        attempt.cutOff(e);
      }
      bytes = source.getBuffer().readByteArray(Math.min(source.getBuffer().size(), LARGEST_BODY));
    }
    return response.newBuilder().body(ResponseBody.create(bytes, body.contentType())).build();
  }
}
