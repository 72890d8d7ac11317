package io.github.smartleadbulk.client;

import io.github.smartleadbulk.api.Answer;
import io.github.smartleadbulk.api.CallAttempt;
import io.github.smartleadbulk.api.SmartleadApi;
import io.github.smartleadbulk.api.Time;
import io.github.smartleadbulk.api.UpdateBodyConverter;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.ResponseBody;
import retrofit2.Call;
import retrofit2.Callback;
import retrofit2.Response;
import retrofit2.Retrofit;
import tools.jackson.databind.json.JsonMapper;

/**
 * Not a test: calls a second without windows, ours and a bare Retrofit loop in turn. Arguments:
 * {@code serve} with a latency in milliseconds (prints its port), or port, calls a round, calls at
 * once for the bare loop, and for ours (0: as it likes).
 */
final class ThroughputTrial {

  private ThroughputTrial() {}

  public static void main(String[] args) throws Exception {
    if (args[0].equals("serve")) {
      RawServer server =
          RawServer.start(
              (number, connection) -> {
                Thread.sleep(args.length > 1 ? Long.parseLong(args[1]) : 0);
                RawServer.answer(connection, 200, "", "{\"ok\":true,\"message\":\"updated\"}");
                return true;
              });
      System.out.println(server.port());
      Thread.currentThread().join();
    }
    URI url = URI.create("http://127.0.0.1:" + args[0] + "/api/v1/");
    int calls = Integer.parseInt(args[1]);
    for (int round = 0; round < 6; round++) {
      long start = System.nanoTime();
      bare(url, calls, Integer.parseInt(args[2]));
      long between = System.nanoTime();
      ours(url, calls, Integer.parseInt(args[3]));
      long end = System.nanoTime();
      System.out.printf(
          "bare %d/s, ours %d/s, %d %%%n",
          calls * 1_000_000_000L / (between - start),
          calls * 1_000_000_000L / (end - between),
          100 * (between - start) / (end - between));
    }
  }

  private static void bare(URI url, int calls, int concurrency) throws Exception {
    Dispatcher dispatcher = new Dispatcher();
    dispatcher.setMaxRequests(concurrency);
    dispatcher.setMaxRequestsPerHost(concurrency);
    OkHttpClient http =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .connectionPool(new ConnectionPool(concurrency, 1, TimeUnit.MINUTES))
            .build();
    SmartleadApi api =
        new Retrofit.Builder()
            .baseUrl(url.toString())
            .client(http)
            .addConverterFactory(new UpdateBodyConverter(JsonMapper.shared()))
            .build()
            .create(SmartleadApi.class);
    Semaphore permits = new Semaphore(concurrency);
    CountDownLatch left = new CountDownLatch(calls);
    for (int i = 1; i <= calls; i++) {
      permits.acquire();
      api.update(i, Samples.update(i), new CallAttempt(Time.system(), () -> true))
          .enqueue(
              new Callback<ResponseBody>() {
                @Override
                public void onResponse(Call<ResponseBody> call, Response<ResponseBody> response) {
                  permits.release();
                  left.countDown();
                }

                @Override
                public void onFailure(Call<ResponseBody> call, Throwable failure) {
                  throw new AssertionError(failure);
                }
              });
    }
    left.await();
    dispatcher.executorService().shutdown();
    http.connectionPool().evictAll();
  }

  private static void ours(URI url, int calls, int concurrency) throws Exception {
    CountDownLatch left = new CountDownLatch(calls);
    try (SmartleadClient client =
        SmartleadClient.create(
            Samples.withConcurrency(Samples.settings(url), concurrency), CallHistory.none())) {
      for (int i = 1; i <= calls; i++) {
        CompletableFuture<Void> unused =
            WaitingCaller.update(client, Samples.update(i))
                .thenAccept(
                    answer -> {
                      if (answer instanceof Answer.Accepted) {
                        left.countDown();
                      } else {
                        System.out.println(answer);
                      }
                    });
      }
      left.await();
    }
  }
}
