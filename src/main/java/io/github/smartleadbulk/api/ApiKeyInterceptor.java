package io.github.smartleadbulk.api;

import java.io.IOException;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * The one place that adds the key to a call, below all code that could log or throw it. The API has
 * no header for the key.
 */
record ApiKeyInterceptor(ApiKey key, String userAgent) implements Interceptor {

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    HttpUrl url = request.url().newBuilder().addQueryParameter("api_key", key.secret()).build();
    Request withKey = request.newBuilder().url(url).header("User-Agent", userAgent).build();
    // The response carries the original request, without the key.
    return chain.proceed(withKey).newBuilder().request(request).build();
  }
}
