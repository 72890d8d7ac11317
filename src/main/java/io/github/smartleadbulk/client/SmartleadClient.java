package io.github.smartleadbulk.client;

import io.github.smartleadbulk.account.AccountUpdate;
import io.github.smartleadbulk.api.AccountPage;
import io.github.smartleadbulk.api.Answer;
import io.github.smartleadbulk.api.ClientSettings;
import io.github.smartleadbulk.api.Time;
import io.github.smartleadbulk.api.Transport;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Sends updates to SmartLead and reads the account list, inside the limits and whatever the server
 * answers. Rows and pages fail as values; what concerns all of them stops the client.
 */
public interface SmartleadClient extends AutoCloseable {

  /**
   * A client that is ready; it opens no connection before the first call.
   *
   * @throws IllegalArgumentException if a proxy setting of the environment cannot be understood
   */
  static SmartleadClient create(ClientSettings settings, CallHistory record) {
    return PacedClient.start(
        settings,
        record,
        Time.system(),
        Transport.create(settings, ConcurrencyLimit.most(settings), Time.system()));
  }

  /**
   * Has the classes that {@link #create} needs loaded in the background, by a client that is thrown
   * away: OkHttp, TLS with its certificates, Retrofit and JSON take a sixth of a short run, and who
   * opens a database meanwhile does not wait for them.
   */
  static void warmUp(ClientSettings settings) {
    Thread thread =
        new Thread(
            () -> {
              try {
                create(settings, CallHistory.none()).close();
              } catch (IllegalArgumentException e) {
                // The same is told when the client is needed.
              }
            },
            "warm-up");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Sends a row as soon as the limits, the calls under way and the server allow, and returns when
   * it is on its way. Retries go on behind the caller's back; rows that wait for one hold up others
   * only when there are very many.
   *
   * @param record the answer goes there once, on a thread of the client or (when the client has
   *     stopped) before this method returns. The call counts as one under way until that is done: a
   *     kill forgets no more answers than calls may be under way
   * @return completes as that of {@link RequestJournal#answered}
   * @throws InterruptedException if the caller was interrupted while it waited; the row is not sent
   */
  <T> CompletableFuture<T> update(AccountUpdate update, RequestJournal<T> record)
      throws InterruptedException;

  /**
   * Sends a row whose calls go on record as those of pages do, and whose answer does not.
   *
   * @return completes with an answer, never with an exception
   */
  CompletableFuture<Answer> update(AccountUpdate update) throws InterruptedException;

  /**
   * Reads one page of the account list, under the same rules as {@link #update}. A page that could
   * not be read is {@link Answer.Failed}, never {@link Answer.Uncertain}: nothing has changed.
   *
   * @return completes with {@link Answer.Listed} for success, never with an exception
   * @throws InterruptedException if the caller was interrupted while it waited; the page is not
   *     asked for
   */
  CompletableFuture<Answer> list(AccountPage page) throws InterruptedException;

  /**
   * Reads one account, as {@link #list} reads a page. The answer lacks what SmartLead tells in the
   * list alone.
   *
   * @return completes as a page of one account, failed, or undecided
   */
  CompletableFuture<Answer> read(long accountId) throws InterruptedException;

  /**
   * Starts no more calls. Those under way end by themselves or time out and complete with what was
   * learnt; all other rows complete as {@link Answer.Undecided}. Returns at once; any thread may
   * call it, any number of times.
   */
  void stop();

  /** From now on no call begins beyond this; where none can begin before, the client stops. */
  void limit(CallDeadline limit);

  /** What the server's clock shows now, by its latest answer; empty where no answer has told. */
  Optional<Instant> serverTime();

  /** Why the client has stopped; empty while it works. */
  Optional<ClientStop> stopped();

  ClientStatistics statistics();

  /** What rows are waiting for; empty while nothing but calls under way holds them up. */
  Optional<Waiting> waiting();

  /**
   * When so many more calls will have been made, if nothing goes wrong: all windows and what they
   * have seen already are taken into account.
   */
  Instant forecast(long callsLeft);

  /** Stops, cuts off what is still under way, and ends all threads. */
  @Override
  void close();
}
