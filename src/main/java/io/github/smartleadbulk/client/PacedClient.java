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
 * Sends calls on the callers' threads, in {@link #update} and {@link #list}. If there is no caller,
 * a separate thread sends the rows to be retried. Each thread waits until the {@link Admission}
 * allows a call, and then sends the request that is due first, even if it belongs to another
 * caller. Answers arrive on OkHttp's threads, which wait for nothing here but the lock.
 */
public final class PacedClient implements SmartleadClient {

  private static final long LEFT_TO_CALLERS = Duration.ofSeconds(1).toNanos();

  private final Time time;
  private final CallHistory history;
  private final int maxAttempts;
  private final Transport transport;
  private final SingleLine oneLine;
  private final Backoff backoff = new Backoff(new SplittableRandom());

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition callerMayLook = lock.newCondition();
  private final Condition retryMayLook = lock.newCondition();
  private final RetryQueue waiting = new RetryQueue();
  private final ClientMetrics metrics = new ClientMetrics();
  private final Admission admission;
  private CallDeadline deadline = CallDeadline.NONE;

  /** The number of callers that wait with a row of their own. */
  private int callers;

  private @Nullable ClientStop stop;

  private PacedClient(
      ClientSettings settings, CallHistory history, Time time, Transport transport) {
    this.time = time;
    this.history = history;
    this.maxAttempts = settings.maxAttempts();
    this.transport = transport;
    this.oneLine = new SingleLine(settings.key());
    this.admission =
        new Admission(
            settings,
            Limiter.remembering(settings.windows(), history, time),
            new ConcurrencyLimit(ConcurrencyLimit.most(settings), time.nanos()));
  }

  public static SmartleadClient start(
      ClientSettings settings, CallHistory history, Time time, Transport transport) {
    PacedClient client = new PacedClient(settings, history, time, transport);
    Thread retryThread = new Thread(client::retry, "smartlead-retry");
    retryThread.setDaemon(true);
    retryThread.start();
    return client;
  }

  @Override
  public <T> CompletableFuture<T> update(AccountUpdate update, RequestJournal<T> journal)
      throws InterruptedException {
    PendingRequest request = request(new ApiOperation.Update(update));
    CompletableFuture<T> kept = request.keepIn(journal);
    ask(request);
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

  private CompletableFuture<Answer> answer(ApiOperation operation) throws InterruptedException {
    PendingRequest request = request(operation);
    ask(request);
    return request.answer();
  }

  private PendingRequest request(ApiOperation operation) {
    return new PendingRequest(
        operation,
        at ->
            admission.limiter().isUnlimited()
                ? CompletableFuture.completedFuture(null)
                : history.record(at));
  }

  private void ask(PendingRequest own) throws InterruptedException {
    PendingRequest request;
    do {
      request = take(own, callerMayLook);
      if (request == null) {
        own.answer().complete(new Answer.Undecided());
        break;
      }
      send(request);
    } while (request != own);
  }

  private void retry() {
    try {
      for (PendingRequest request = take(null, retryMayLook);
          request != null;
          request = take(null, retryMayLook)) {
        send(request);
      }
    } catch (InterruptedException e) {
      stop(new ClientStop(Cause.FAULT, "the thread for retries was interrupted"));
    } catch (Throwable e) {
      fault(Cause.FAULT, e);
    }
    List<PendingRequest> open = locked(waiting::removeAll);
    open.forEach(request -> request.answer().complete(new Answer.Undecided()));
  }

  /**
   * Waits until a call may be sent, and returns the request to send.
   *
   * @param own the caller's row; null if it has none
   * @return null if the client has stopped
   */
  private @Nullable PendingRequest take(@Nullable PendingRequest own, Condition mayLook)
      throws InterruptedException {
    lock.lockInterruptibly();
    callers += own == null ? 0 : 1;
    try {
      while (stop == null) {
        long now = time.nanos();
        PendingRequest request =
            waiting.next(own, now, admission.circuitBreaker(), admission.limiter().inFlight());
        if (request == null || isLeftToCallers(own)) {
          time.await(mayLook, request == null ? waiting.nextDue() : now + LEFT_TO_CALLERS);
          continue;
        }
        WaitReason waitReason = admission.waitReason(now);
        metrics.waiting(waitReason, now);
        long left = Time.nanos(deadline.left());
        if (left <= 0) {
          stop(new ClientStop(Cause.TIME_OVER, deadline.over()));
        } else if (waitReason == null) {
          waiting.remove(request);
          admission.start(request, now);
          return request;
        } else if (waitReason.isWorthTelling() && waitReason.until() - now >= left) {
          String message = deadline.pointless(instant(waitReason.until()), waitReason.text());
          stop(new ClientStop(Cause.TIME_OVER, message));
        } else {
          time.await(mayLook, Math.min(waitReason.until(), now + left));
        }
      }
      return null;
    } finally {
      callers -= own == null ? 0 : 1;
      lock.unlock();
    }
  }

  private boolean isLeftToCallers(@Nullable PendingRequest own) {
    return own == null && callers > 0 && admission.circuitBreaker().wantsNewRow();
  }

  /** Records the call and then sends it. */
  private void send(PendingRequest request) {
    try {
      CompletableFuture<Void> unused =
          request
              .sending(time.now())
              .whenComplete(
                  (onRecord, failure) -> {
                    if (failure == null) {
                      sendNow(request);
                    } else {
                      giveUp(request, Cause.RECORD_LOST, failure);
                    }
                  });
    } catch (Throwable e) {
      giveUp(request, Cause.RECORD_LOST, e);
    }
  }

  private void sendNow(PendingRequest request) {
    boolean mayBeSent =
        locked(
            () -> {
              // Recording the call may have taken a while.
              boolean inTime = deadline.left().compareTo(Duration.ZERO) > 0;
              if (!inTime) {
                stop(new ClientStop(Cause.TIME_OVER, deadline.over()));
              }
              // This call is in time, even if the next call would not be.
              boolean mayGo = inTime && (stop == null || stop.cause() == Cause.TIME_OVER);
              if (mayGo) {
                metrics.sent();
              }
              return mayGo;
            });
    if (!mayBeSent) {
      request.answer().complete(new Answer.Undecided());
      return;
    }
    try {
      transport.send(request.operation(), end -> ended(request, end));
    } catch (Throwable e) {
      // This includes an Error, such as no more threads: the row must not wait forever.
      giveUp(request, Cause.FAULT, e);
    }
  }

  private void giveUp(PendingRequest request, Cause cause, Throwable failure) {
    fault(cause, failure);
    request.answer().complete(new Answer.Undecided());
  }

  private void fault(Cause cause, Throwable failure) {
    Throwable e =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    String text = e.getMessage() == null || e instanceof Error ? e.toString() : e.getMessage();
    stop(new ClientStop(e instanceof Error ? Cause.FAULT : cause, oneLine.of(text)));
  }

  /** Called on a thread of OkHttp. */
  private void ended(PendingRequest request, CompletedCall end) {
    Answer answer;
    lock.lock();
    try {
      answer = weigh(request, end);
    } catch (Throwable e) {
      fault(Cause.FAULT, e);
      answer = new Answer.Undecided();
    } finally {
      lock.unlock();
    }
    if (answer != null) {
      request.answer().complete(answer);
      request.whenKept(this::kept);
    }
  }

  /** Called on the thread that records answers. */
  private void kept() {
    lock.lock();
    try {
      admission.kept();
      wakeUp();
    } finally {
      lock.unlock();
    }
  }

  /** Wakes waiting threads, unless no call may follow. */
  private void wakeUp() {
    if (admission.isFull()) {
      return;
    }
    callerMayLook.signalAll();
    if (!waiting.isEmpty()) {
      retryMayLook.signal();
    }
  }

  private @Nullable Answer weigh(PendingRequest request, CompletedCall end) {
    long now = time.nanos();
    CircuitBreaker circuitBreaker = admission.circuitBreaker();
    boolean wasOpen = circuitBreaker.isOpen();
    ClientStop reason = admission.end(request, end, request.isLastAttempt(maxAttempts), time);
    if (reason != null) {
      stop(reason);
    }
    if (circuitBreaker.isOpen() && !wasOpen) {
      waiting.forgiveAll();
    }
    metrics.ended(end.result(), now - request.sentAt());
    // A failure because there is no server is never a row's last attempt, unless only this row
    // finds no server.
    boolean isForgiven = circuitBreaker.isOpen() && request.streaks() <= maxAttempts;
    Answer answer = request.decide(end.result(), isForgiven ? Integer.MAX_VALUE : maxAttempts);
    if (answer == null) {
      answer = again(request, end.result(), now);
    }
    if (answer != null) {
      admission.answered();
    }
    wakeUp();
    return answer;
  }

  private @Nullable Answer again(PendingRequest request, CallResult result, long now) {
    if (stop != null) {
      return new Answer.Undecided();
    }
    long pause =
        result instanceof CallResult.Again again
            ? backoff.next(request.attempts(), again.atLeast())
            : 0;
    if (admission.circuitBreaker().isOpen()) {
      request.forgive();
    }
    waiting.add(request, now + pause);
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
        metrics.waiting(null, time.nanos());
      }
      callerMayLook.signalAll();
      retryMayLook.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void limit(CallDeadline deadline) {
    lock.lock();
    try {
      this.deadline = deadline;
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
    return locked(() -> metrics.statistics(time.nanos()));
  }

  @Override
  public Optional<Waiting> waiting() {
    return locked(
        () ->
            Optional.ofNullable(metrics.waitReason())
                .filter(WaitReason::isWorthTelling)
                .map(
                    waitReason ->
                        new Waiting(
                            waitReason.cause(), waitReason.text(), instant(waitReason.until()))));
  }

  @Override
  public Instant forecast(long callsLeft) {
    long now = time.nanos();
    Forecast forecast = locked(() -> admission.forecast(now));
    long latency = locked(metrics::latency);
    int atOnce = locked(admission::mostAtOnce);
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
