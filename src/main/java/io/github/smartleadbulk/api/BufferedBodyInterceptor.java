package io.github.smartleadbulk.api;

import io.github.smartleadbulk.account.HeapShare;
import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;

/**
 * Reads the body of every answer to its end, but not beyond a bound, before Retrofit does: Retrofit
 * keeps error bodies of any size in memory, and loses the status where the body breaks off.
 */
public final class BufferedBodyInterceptor implements Interceptor {

  /** Answers to an update have some hundred bytes. */
  static final int LARGEST_BODY = 64 * 1024;

  /**
   * A page is in memory twice, as bytes and as texts, and a third time on its way to the disk: with
   * {@code -Xmx64m} that is 4 MB, and never more than a hundred accounts take whose signatures have
   * their pictures inside.
   */
  public static final int LARGEST_PAGE = (int) HeapShare.BYTES;

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    CallAttempt attempt = chain.request().tag(CallAttempt.class);
    if (attempt == null) {
      return response;
    }
    attempt.answered(response.code(), response.headers());
    boolean isPage = response.isSuccessful() && chain.request().method().equals("GET");
    int largest = isPage ? LARGEST_PAGE : LARGEST_BODY;
    ResponseBody body = response.body();
    // Moved from buffer to buffer, here and up to its reader: a large page is in memory only once.
    Buffer bytes = new Buffer();
    try (BufferedSource source = body.source()) {
      try {
        if (source.request(largest + 1L)) {
          attempt.tooLarge();
        }
      } catch (IOException e) {
        attempt.cutOff(e);
      }
      bytes.write(source.getBuffer(), Math.min(source.getBuffer().size(), largest));
    }
    return response
        .newBuilder()
        .body(ResponseBody.create(bytes, body.contentType(), bytes.size()))
        .build();
  }
}
