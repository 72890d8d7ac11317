package io.github.smartleadbulk.api;

import java.io.IOException;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * The one place where the key gets into a call: below everything that we could log or throw. The
 * API knows no header for it.
 */
record ApiKeyInterceptor(ApiKey key, String userAgent) implements Interceptor {

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    HttpUrl url = request.url().newBuilder().addQueryParameter("api_key", key.secret()).build();
    Request withKey = request.newBuilder().url(url).header("User-Agent", userAgent).build();
    // What goes up again carries the request as it came down, without the key.
    return chain.proceed(withKey).newBuilder().request(request).build();
  }
}
