package io.github.smartleadbulk.api;

import io.github.smartleadbulk.account.HeapShare;
import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;

/**
 * Reads the body of every answer to its end or to a limit, before Retrofit does. Retrofit keeps
 * error bodies of any size in memory, and loses the status if the body breaks off.
 */
public final class BufferedBodyInterceptor implements Interceptor {

  /** Answers to an update have a few hundred bytes. */
  static final int LARGEST_BODY = 64 * 1024;

  /**
   * The largest page. A page is in memory twice, as bytes and as texts, and a third time on its way
   * to the disk. With {@code -Xmx64m} the limit is 4 MB. It is never larger than a hundred accounts
   * with embedded pictures in their signatures need.
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
    // Bytes move from buffer to buffer up to the reader, so a large page is in memory only once.
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
