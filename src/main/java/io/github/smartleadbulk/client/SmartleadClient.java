package io.github.smartleadbulk.client;

import io.github.smartleadbulk.account.AccountUpdate;
import io.github.smartleadbulk.api.AccountPage;
import io.github.smartleadbulk.api.Answer;
import io.github.smartleadbulk.api.ClientSettings;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Sends updates to SmartLead and reads the account list within the limits. The failure of a row or
 * page is a value; a failure that affects all of them stops the client.
 */
public interface SmartleadClient extends AutoCloseable {

  /**
   * Creates a client that shares nothing with others. For several clients, use a {@link
   * ClientPool}. It opens no connection before the first call.
   *
   * @throws IllegalArgumentException if a proxy setting in the environment is not valid
   */
  static SmartleadClient create(ClientSettings settings, CallHistory record) {
    return ClientPool.single(settings, record);
  }

  /**
   * Loads the classes that {@link #create} needs in the background, with a client that is thrown
   * away. OkHttp, TLS with its certificates, Retrofit and JSON take a sixth of a short run, and the
   * program can open the database meanwhile.
   */
  static void warmUp(ClientSettings settings) {
    Thread thread =
        new Thread(
            () -> {
              try {
                create(settings, CallHistory.none()).close();
              } catch (IllegalArgumentException e) {
                // The failure is reported when the client is needed.
              }
            },
            "warm-up");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Sends a row if the limits, the calls in flight and the server allow a call now. Never waits.
   * Retries happen in the background; one that is due goes first. Rows that wait for a retry hold
   * up others only if there are very many.
   *
   * @param record receives the answer once, on a thread of the client or (if the client has
   *     stopped) before this method returns. The call counts as in flight until the answer is
   *     recorded, so a kill never loses more answers than calls can be in flight
   * @param whenRoom called once if the row was not sent, as soon as the row would be sent or the
   *     client has stopped. It runs on a thread that serves other clients too, so it must not
   *     block. It may be called before this method returns. If several callers are told at once,
   *     those who come too late are told again
   * @return completes like the result of {@link RequestJournal#answered}; empty if the row was not
   *     sent
   */
  <T> Optional<CompletableFuture<T>> tryUpdate(
      AccountUpdate update, RequestJournal<T> record, Runnable whenRoom);

  /**
   * Reads one page of the account list as soon as the limits, the calls in flight and the server
   * allow, and before rows that are offered later. Returns at once. A page that could not be read
   * is {@link Answer.Failed}, never {@link Answer.Uncertain}, because reading changes nothing.
   *
   * @return completes with {@link Answer.Listed} for success, never with an exception
   */
  CompletableFuture<Answer> list(AccountPage page);

  /**
   * Reads one account, as {@link #list} reads a page. The answer lacks the fields that SmartLead
   * returns only in the list.
   *
   * @return completes with a page of one account, as failed, or as undecided
   */
  CompletableFuture<Answer> read(long accountId);

  /**
   * Starts no more calls. Calls in flight end or time out, and complete with their answers. All
   * other rows complete as {@link Answer.Undecided}. Returns immediately. Any thread can call it,
   * several times.
   */
  void stop();

  /**
   * Sets a deadline: no call starts after it, and the client stops if no call can start before it.
   */
  void limit(CallDeadline limit);

  /**
   * What the server's clock shows now, according to its latest answer; empty if no answer has shown
   * it.
   */
  Optional<Instant> serverTime();

  /** Why the client has stopped; empty if it has not. */
  Optional<ClientStop> stopped();

  ClientStatistics statistics();

  /** What rows are waiting for; empty if nothing but calls in flight holds them up. */
  Optional<Waiting> waiting();

  /**
   * Estimates when this many more calls will have been made if nothing goes wrong, with all windows
   * and the calls they have already seen.
   */
  Instant forecast(long callsLeft);

  /** Stops the client and cancels its calls in flight. */
  @Override
  void close();
}
