package io.github.smartleadbulk.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.AccountUpdate;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.api.Answer;
import io.github.smartleadbulk.api.ApiKey;
import io.github.smartleadbulk.api.ClientSettings;
import io.github.smartleadbulk.client.CallHistory;
import io.github.smartleadbulk.client.RequestJournal;
import io.github.smartleadbulk.client.SmartleadClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import okhttp3.Dispatcher;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import retrofit2.Call;
import retrofit2.Callback;
import retrofit2.Response;
import retrofit2.Retrofit;
import retrofit2.http.Body;
import retrofit2.http.POST;
import retrofit2.http.Path;
import retrofit2.http.Query;

/** A process that makes the calls of so many rows and nothing else: no CSV, no journal. */
final class BareLoop {

  private static final String BODY = "{\"max_email_per_day\":30}";
  private static final long FIRST_ID = 10_000_001;

  private BareLoop() {}

  /** An interface as the program's own. */
  interface Api {
    @POST("email-accounts/{id}")
    Call<ResponseBody> update(
        @Path("id") long id, @Query("api_key") String key, @Body RequestBody body);
  }

  /**
   * Ends when all answers are there.
   *
   * @param args how (sockets, retrofit or client), address, rows, calls under way at once
   */
  public static void main(String[] args) throws Exception {
    String url = args[1];
    int rows = Integer.parseInt(args[2]);
    int atOnce = Integer.parseInt(args[3]);
    switch (args[0]) {
      case "sockets" -> sockets(url, rows, atOnce);
      case "retrofit" -> retrofit(url, rows, atOnce);
      case "client" -> client(url, rows, atOnce);
      default -> throw new IllegalArgumentException(args[0]);
    }
    System.exit(0);
  }

  private static void retrofit(String url, int rows, int atOnce) throws InterruptedException {
    Dispatcher dispatcher = new Dispatcher();
    dispatcher.setMaxRequests(atOnce);
    dispatcher.setMaxRequestsPerHost(atOnce);
    Api api =
        new Retrofit.Builder()
            .baseUrl(url + "/")
            .client(
                new OkHttpClient.Builder()
                    .dispatcher(dispatcher)
                    .connectionPool(
                        new okhttp3.ConnectionPool(
                            atOnce, 4, java.util.concurrent.TimeUnit.SECONDS))
                    .build())
            .build()
            .create(Api.class);
    RequestBody body = RequestBody.create(BODY, MediaType.get("application/json"));
    Semaphore free = new Semaphore(atOnce);
    Callback<ResponseBody> callback =
        new Callback<>() {
          @Override
          public void onResponse(Call<ResponseBody> call, Response<ResponseBody> response) {
            try (ResponseBody answer = response.body()) {
              answer.string();
            } catch (IOException e) {
              throw new IllegalStateException(e);
            } finally {
              free.release();
            }
          }

          @Override
          public void onFailure(Call<ResponseBody> call, Throwable failure) {
            failure.printStackTrace();
            System.exit(1);
          }
        };
    for (int i = 0; i < rows; i++) {
      free.acquire();
      api.update(FIRST_ID + i, "key", body).enqueue(callback);
    }
    free.acquire(atOnce);
  }

  /** The program's own client, with its limits and retries. */
  private static void client(String url, int rows, int atOnce) throws InterruptedException {
    ClientSettings settings =
        new ClientSettings(
            URI.create(url),
            ApiKey.of("key"),
            List.of(),
            5,
            Duration.ofSeconds(30),
            "bench",
            atOnce,
            Duration.ofMinutes(1));
    Semaphore open = new Semaphore(20_000);
    Semaphore room = new Semaphore(0);
    RequestJournal<Void> release =
        new RequestJournal<>() {
          @Override
          public CompletableFuture<Void> sending(Instant at) {
            return CompletableFuture.completedFuture(null);
          }

          @Override
          public CompletableFuture<Void> answered(Answer answer) {
            open.release();
            return CompletableFuture.completedFuture(null);
          }
        };
    try (SmartleadClient client = SmartleadClient.create(settings, CallHistory.none())) {
      for (int i = 0; i < rows; i++) {
        open.acquire();
        AccountUpdate update =
            new AccountUpdate(
                FIRST_ID + i, Map.of(AccountField.MAX_EMAIL_PER_DAY, new SettingValue.Whole(30)));
        Optional<CompletableFuture<Void>> sent = client.tryUpdate(update, release, room::release);
        while (sent.isEmpty()) {
          room.acquire();
          sent = client.tryUpdate(update, release, room::release);
        }
      }
      open.acquire(20_000);
    }
  }

  /** What the server can do: sockets, and requests that were made beforehand. */
  private static void sockets(String url, int rows, int atOnce) throws IOException {
    URI address = URI.create(url);
    byte[] request =
        ("POST /email-accounts/10000001?api_key=key HTTP/1.1\r\nHost: x\r\nContent-Length: "
                + BODY.length()
                + "\r\n\r\n"
                + BODY)
            .getBytes(US_ASCII);
    Selector selector = Selector.open();
    int sent = 0;
    for (; sent < atOnce; sent++) {
      SocketChannel channel =
          SocketChannel.open(new InetSocketAddress(address.getHost(), address.getPort()));
      channel.socket().setTcpNoDelay(true);
      channel.configureBlocking(false).register(selector, SelectionKey.OP_READ);
      channel.write(ByteBuffer.wrap(request));
    }
    ByteBuffer answer = ByteBuffer.allocate(1_024);
    for (int answered = 0; answered < rows; ) {
      selector.select();
      for (SelectionKey key : selector.selectedKeys()) {
        SocketChannel channel = (SocketChannel) key.channel();
        // An answer is one small packet.
        if (channel.read(answer.clear()) > 0) {
          answered++;
          if (sent < rows) {
            channel.write(ByteBuffer.wrap(request));
            sent++;
          }
        }
      }
      selector.selectedKeys().clear();
    }
  }
}
