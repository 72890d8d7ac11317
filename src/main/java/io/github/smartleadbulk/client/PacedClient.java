package io.github.smartleadbulk.client;

import io.github.smartleadbulk.account.AccountUpdate;
import io.github.smartleadbulk.api.AccountPage;
import io.github.smartleadbulk.api.Answer;
import io.github.smartleadbulk.api.ApiOperation;
import io.github.smartleadbulk.api.CallResult;
import io.github.smartleadbulk.api.ClientSettings;
import io.github.smartleadbulk.api.CompletedCall;
import io.github.smartleadbulk.api.SingleLine;
import io.github.smartleadbulk.api.Time;
import io.github.smartleadbulk.api.Transport;
import io.github.smartleadbulk.client.ClientStop.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Two kinds of threads send: the callers', in {@link #update} and {@link #list}, and one of our own
 * for rows to be tried again when no caller is there. Both do the same: wait until the {@link
 * Admission} lets a call pass, then send what is most due, be it their own row or another. Answers
 * come in on OkHttp's threads, which never wait here for more than the lock.
 */
public final class PacedClient implements SmartleadClient {

  private static final long LEFT_TO_CALLERS = Duration.ofSeconds(1).toNanos();

  private final Time time;
  private final CallHistory record;
  private final int maxAttempts;
  private final Transport transport;
  private final SingleLine oneLine;
  private final Backoff backOff = new Backoff(new SplittableRandom());

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition callerMayLook = lock.newCondition();
  private final Condition retryMayLook = lock.newCondition();
  private final RetryQueue waiting = new RetryQueue();
  private final ClientMetrics tally = new ClientMetrics();
  private final Admission gate;
  private CallDeadline limit = CallDeadline.NONE;

  /** Callers that wait with a row of their own. */
  private int callers;

  private @Nullable ClientStop stop;

  private PacedClient(ClientSettings settings, CallHistory record, Time time, Transport transport) {
    this.time = time;
    this.record = record;
    this.maxAttempts = settings.maxAttempts();
    this.transport = transport;
    this.oneLine = new SingleLine(settings.key());
    this.gate =
        new Admission(
            Limiter.remembering(settings.windows(), record, time),
            settings.maxOutage(),
            new ConcurrencyLimit(ConcurrencyLimit.most(settings), time.nanos()));
  }

  public static SmartleadClient start(
      ClientSettings settings, CallHistory record, Time time, Transport transport) {
    PacedClient client = new PacedClient(settings, record, time, transport);
    Thread retryThread = new Thread(client::retry, "smartlead-retry");
    retryThread.setDaemon(true);
    retryThread.start();
    return client;
  }

  @Override
  public <T> CompletableFuture<T> update(AccountUpdate update, RequestJournal<T> record)
      throws InterruptedException {
    PendingRequest row = row(new ApiOperation.Update(update));
    CompletableFuture<T> kept = row.keepIn(record);
    ask(row);
    return kept;
  }

  @Override
  public CompletableFuture<Answer> update(AccountUpdate update) throws InterruptedException {
    return answer(new ApiOperation.Update(update));
  }

  @Override
  public CompletableFuture<Answer> list(AccountPage page) throws InterruptedException {
    return answer(new ApiOperation.Page(page));
  }

  @Override
  public CompletableFuture<Answer> read(long accountId) throws InterruptedException {
    return answer(new ApiOperation.One(accountId));
  }

  private CompletableFuture<Answer> answer(ApiOperation errand) throws InterruptedException {
    PendingRequest row = row(errand);
    ask(row);
    return row.answer();
  }

  private PendingRequest row(ApiOperation errand) {
    return new PendingRequest(
        errand,
        at ->
            gate.limiter().isUnlimited()
                ? CompletableFuture.completedFuture(null)
                : record.record(at));
  }

  private void ask(PendingRequest own) throws InterruptedException {
    PendingRequest row;
    do {
      row = take(own, callerMayLook);
      if (row == null) {
        own.answer().complete(new Answer.Undecided());
        break;
      }
      send(row);
    } while (row != own);
  }

  private void retry() {
    try {
      for (PendingRequest row = take(null, retryMayLook);
          row != null;
          row = take(null, retryMayLook)) {
        send(row);
      }
    } catch (InterruptedException e) {
      stop(new ClientStop(Cause.FAULT, "the thread for retries was interrupted"));
    } catch (Throwable e) {
      fault(Cause.FAULT, e);
    }
    List<PendingRequest> open = locked(waiting::removeAll);
    open.forEach(row -> row.answer().complete(new Answer.Undecided()));
  }

  /**
   * Waits until a call may be sent, and says for which row.
   *
   * @param own the caller's row; null if it has none
   * @return null when the client has stopped
   */
  private @Nullable PendingRequest take(@Nullable PendingRequest own, Condition mayLook)
      throws InterruptedException {
    lock.lockInterruptibly();
    callers += own == null ? 0 : 1;
    try {
      while (stop == null) {
        long now = time.nanos();
        PendingRequest row = waiting.next(own, now, gate.outage(), gate.limiter().inFlight());
        if (row == null || isLeftToCallers(own)) {
          time.await(mayLook, row == null ? waiting.nextDue() : now + LEFT_TO_CALLERS);
          continue;
        }
        WaitReason hold = gate.hold(now);
        tally.waiting(hold, now);
        long left = Time.nanos(limit.left());
        if (left <= 0) {
          stop(new ClientStop(Cause.TIME_OVER, limit.over()));
        } else if (hold == null) {
          waiting.remove(row);
          gate.start(row, now);
          return row;
        } else if (hold.isWorthTelling() && hold.until() - now >= left) {
          String message = limit.pointless(instant(hold.until()), hold.text());
          stop(new ClientStop(Cause.TIME_OVER, message));
        } else {
          time.await(mayLook, Math.min(hold.until(), now + left));
        }
      }
      return null;
    } finally {
      callers -= own == null ? 0 : 1;
      lock.unlock();
    }
  }

  private boolean isLeftToCallers(@Nullable PendingRequest own) {
    return own == null && callers > 0 && gate.outage().wantsNewRow();
  }

  /** Puts the call on record, and then on its way. */
  private void send(PendingRequest row) {
    try {
      CompletableFuture<Void> unused =
          row.sending(time.now())
              .whenComplete(
                  (onRecord, failure) -> {
                    if (failure == null) {
                      sendNow(row);
                    } else {
                      giveUp(row, Cause.RECORD_LOST, failure);
                    }
                  });
    } catch (Throwable e) {
      giveUp(row, Cause.RECORD_LOST, e);
    }
  }

  private void sendNow(PendingRequest row) {
    boolean mayBeSent =
        locked(
            () -> {
              // It may have taken a while to put the call on record.
              boolean inTime = limit.left().compareTo(Duration.ZERO) > 0;
              if (!inTime) {
                stop(new ClientStop(Cause.TIME_OVER, limit.over()));
              }
              // That the next call would be too late is nothing against this one.
              boolean goesOn = inTime && (stop == null || stop.cause() == Cause.TIME_OVER);
              if (goesOn) {
                tally.sent(row.sentAgain());
              }
              return goesOn;
            });
    if (!mayBeSent) {
      row.answer().complete(new Answer.Undecided());
      return;
    }
    try {
      transport.send(row.errand(), end -> ended(row, end));
    } catch (Throwable e) {
      // An Error too, such as no more threads: the row must not hang on it.
      giveUp(row, Cause.FAULT, e);
    }
  }

  private void giveUp(PendingRequest row, Cause cause, Throwable failure) {
    fault(cause, failure);
    row.answer().complete(new Answer.Undecided());
  }

  private void fault(Cause cause, Throwable failure) {
    Throwable e =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    String text = e.getMessage() == null || e instanceof Error ? e.toString() : e.getMessage();
    stop(new ClientStop(e instanceof Error ? Cause.FAULT : cause, oneLine.of(text)));
  }

  /** On a thread of OkHttp. */
  private void ended(PendingRequest row, CompletedCall end) {
    Answer answer;
    lock.lock();
    try {
      answer = weigh(row, end);
    } catch (Throwable e) {
      fault(Cause.FAULT, e);
      answer = new Answer.Undecided();
    } finally {
      lock.unlock();
    }
    if (answer != null) {
      row.answer().complete(answer);
      row.whenKept(this::kept);
    }
  }

  /** On a thread of whoever keeps answers. */
  private void kept() {
    lock.lock();
    try {
      gate.kept();
      wakeUp();
    } finally {
      lock.unlock();
    }
  }

  /** Where no call may follow, there is nothing to look at. */
  private void wakeUp() {
    if (gate.isFull()) {
      return;
    }
    callerMayLook.signalAll();
    if (!waiting.isEmpty()) {
      retryMayLook.signal();
    }
  }

  private @Nullable Answer weigh(PendingRequest row, CompletedCall end) {
    long now = time.nanos();
    CircuitBreaker outage = gate.outage();
    boolean wasAway = outage.isActive();
    ClientStop reason = gate.end(row, end, row.isLastTry(maxAttempts), time);
    if (reason != null) {
      stop(reason);
    }
    if (outage.isActive() && !wasAway) {
      waiting.forgiveAll();
    }
    tally.ended(end.reply(), now - row.sentAt());
    // What fails because there is no server is never a row's last try, unless it is always this
    // row for which there is none.
    boolean isForgiven = outage.isActive() && row.streaks() <= maxAttempts;
    Answer answer = row.decide(end.reply(), isForgiven ? Integer.MAX_VALUE : maxAttempts);
    if (answer == null) {
      answer = again(row, end.reply(), now);
    }
    if (answer != null) {
      gate.answered();
    }
    wakeUp();
    return answer;
  }

  private @Nullable Answer again(PendingRequest row, CallResult reply, long now) {
    if (stop != null) {
      return new Answer.Undecided();
    }
    long pause =
        reply instanceof CallResult.Again again ? backOff.next(row.tries(), again.atLeast()) : 0;
    if (gate.outage().isActive()) {
      row.forgive();
    }
    waiting.add(row, now + pause);
    return null;
  }

  @Override
  public void stop() {
    stop(new ClientStop(Cause.ASKED, "stopped"));
  }

  private void stop(ClientStop reason) {
    lock.lock();
    try {
      if (stop == null) {
        stop = reason;
        tally.waiting(null, time.nanos());
      }
      callerMayLook.signalAll();
      retryMayLook.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void limit(CallDeadline limit) {
    lock.lock();
    try {
      this.limit = limit;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<Instant> serverTime() {
    return transport.serverTime();
  }

  @Override
  public Optional<ClientStop> stopped() {
    return locked(() -> Optional.ofNullable(stop));
  }

  @Override
  public ClientStatistics statistics() {
    return locked(() -> tally.statistics(time.nanos()));
  }

  @Override
  public Optional<Waiting> waiting() {
    return locked(
        () ->
            Optional.ofNullable(tally.hold())
                .filter(WaitReason::isWorthTelling)
                .map(hold -> new Waiting(hold.cause(), hold.text(), instant(hold.until()))));
  }

  @Override
  public Instant forecast(long callsLeft) {
    long now = time.nanos();
    Forecast forecast = locked(() -> gate.forecast(now));
    long latency = locked(tally::latency);
    int atOnce = locked(gate::mostAtOnce);
    long busy = now + (long) ((double) callsLeft * latency / atOnce);
    return instant(Math.max(forecast.finish(callsLeft, latency), busy));
  }

  private <T> T locked(Supplier<T> read) {
    lock.lock();
    try {
      return read.get();
    } finally {
      lock.unlock();
    }
  }

  private Instant instant(long nanos) {
    return time.now().plusNanos(nanos - time.nanos());
  }

  @Override
  public void close() {
    stop();
    transport.close();
  }
}
