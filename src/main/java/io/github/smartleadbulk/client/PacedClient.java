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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends the calls that the {@link Admission} allows. It has no thread, and nobody waits in it. A
 * caller's row is sent in {@link #tryUpdate}, or its caller is told later to try again. Everything
 * else that waits (pages, rows to be retried) is sent by the workers of the {@link ClientPool}, in
 * {@link #work}. Whatever can end a wait wakes a worker: an answer, a record, a time, a stop.
 * Answers arrive on OkHttp's threads, which wait for nothing here but the lock.
 */
final class PacedClient implements SmartleadClient {

  /** How long a caller that was told of room is expected to come. */
  private static final long INVITATION = Duration.ofSeconds(1).toNanos();

  /**
   * So often in a row, a call can be withheld because this process was paused. More often, it is
   * because connecting takes long, and the server counts as away.
   */
  private static final int MOST_WITHHELD = 3;

  private final Time time;
  private final CallHistory history;
  private final int maxAttempts;
  private final Transport transport;
  private final ClientPool pool;
  private final Workers.Task task;
  private final CallSlots.Holder slot;
  private final SingleLine oneLine;
  private final Backoff backoff = new Backoff(new SplittableRandom());

  private final ReentrantLock lock = new ReentrantLock();
  private final RetryQueue retries = new RetryQueue();
  private final ClientMetrics metrics = new ClientMetrics();
  private final PermitStock permits;
  private final Admission admission;
  private CallDeadline deadline = CallDeadline.NONE;

  /** Pages and accounts to read that were not tried yet. */
  private final Queue<PendingRequest> queued = new ArrayDeque<>();

  /** What to run when a row can be offered: for callers whose row could not be sent. */
  private final List<Runnable> callers = new ArrayList<>();

  /**
   * Until then, a caller that was told of room is expected with its row. It counts as waiting, and
   * keeps its turn and its slot.
   */
  private long invitedUntil = Long.MIN_VALUE;

  private @Nullable ClientStop stop;

  PacedClient(ClientSettings settings, CallHistory history, Transport transport, ClientPool pool) {
    this.time = pool.time();
    this.history = history;
    this.maxAttempts = settings.maxAttempts();
    this.transport = transport;
    this.pool = pool;
    this.oneLine = new SingleLine(settings.key());
    this.task = pool.workers().task(this::work);
    this.slot = pool.slots().holder(task::wake);
    this.permits =
        new PermitStock(
            history.budget().orElse(null),
            settings,
            time,
            lock,
            task::wake,
            failure -> fault(Cause.RECORD_LOST, failure));
    this.admission =
        new Admission(
            settings,
            Limiter.remembering(settings.windows(), history, time),
            permits,
            new ConcurrencyLimit(pool.mostCalls(settings), time.nanos()));
  }

  @Override
  public <T> Optional<CompletableFuture<T>> tryUpdate(
      AccountUpdate update, RequestJournal<T> journal, Runnable whenRoom) {
    PendingRequest own = request(new ApiOperation.Update(update));
    CompletableFuture<T> kept = own.keepIn(journal);
    PendingRequest request;
    do {
      lock.lock();
      try {
        invitedUntil = Long.MIN_VALUE;
        request = take(own, time.nanos());
        if (request == null && stop == null) {
          letSlotGo();
          callers.add(whenRoom);
          return Optional.empty();
        }
      } finally {
        lock.unlock();
      }
      if (request == null) {
        own.answer().complete(new Answer.Undecided());
        break;
      }
      send(request);
    } while (request != own);
    return Optional.of(kept);
  }

  @Override
  public CompletableFuture<Answer> list(AccountPage page) {
    return answer(new ApiOperation.Page(page));
  }

  @Override
  public CompletableFuture<Answer> read(long accountId) {
    return answer(new ApiOperation.One(accountId));
  }

  private CompletableFuture<Answer> answer(ApiOperation operation) {
    PendingRequest request = request(operation);
    if (locked(() -> stop == null && queued.add(request))) {
      task.wake();
    } else {
      request.answer().complete(new Answer.Undecided());
    }
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

  /**
   * Sends what may be sent, and tells callers if they can offer rows. Runs on the threads of the
   * pool. After a stop, it completes everything that waits.
   */
  private void work() {
    List<Runnable> told = new ArrayList<>();
    try {
      for (PendingRequest request = locked(() -> next(told));
          request != null;
          request = locked(() -> next(told))) {
        send(request);
      }
    } catch (Throwable e) {
      fault(Cause.FAULT, e);
    }
    told.forEach(this::tell);
    for (PendingRequest open = locked(this::leftBehind);
        open != null;
        open = locked(this::leftBehind)) {
      open.answer().complete(new Answer.Undecided());
    }
  }

  private void tell(Runnable caller) {
    try {
      caller.run();
    } catch (Throwable e) {
      // The other callers must not wait forever.
      fault(Cause.FAULT, e);
    }
  }

  /**
   * Returns the next request to send that no caller offers. If there is none, sees to it that a
   * worker comes again in time.
   *
   * @param told receives the callers whose rows would be sent now, each once
   */
  private @Nullable PendingRequest next(List<Runnable> told) {
    long now = time.nanos();
    PendingRequest request = isLeftToCallers(now) ? null : take(null, now);
    if (request != null) {
      return request;
    }
    if (stop != null || (!callers.isEmpty() && letsNewRowGo(now) && mayStart(now))) {
      told.addAll(callers);
      callers.clear();
      invitedUntil = now + INVITATION;
    }
    if (stop != null) {
      return null;
    }
    if (now < invitedUntil) {
      task.wakeAt(invitedUntil);
    } else {
      letSlotGo();
    }
    if (now < retries.nextDue()) {
      task.wakeAt(retries.nextDue());
    }
    tidyPermits(now);
    return null;
  }

  /** Lets other clients have the slot. While a permit is on its way, the slot is kept for it. */
  private void letSlotGo() {
    if (!permits.isAsking()) {
      slot.giveBack();
    }
  }

  private void tidyPermits(long now) {
    boolean needed =
        !callers.isEmpty() || !queued.isEmpty() || now < invitedUntil || retries.nextDue() <= now;
    task.wakeAt(permits.tidy(now, needed));
  }

  /** Whether a row goes first that a caller has offered, or is expected to offer. */
  private boolean isLeftToCallers(long now) {
    return queued.isEmpty() && (!callers.isEmpty() || now < invitedUntil) && letsNewRowGo(now);
  }

  private boolean letsNewRowGo(long now) {
    return retries.letsNewRowGo(now, admission.circuitBreaker(), admission.limiter().inFlight());
  }

  /** After a stop, returns the requests that wait, one by one. */
  private @Nullable PendingRequest leftBehind() {
    if (stop == null) {
      return null;
    }
    return queued.isEmpty() ? retries.removeAny() : queued.remove();
  }

  /**
   * Returns the request to send now; null for none.
   *
   * @param offered a caller's row; null for none
   */
  private @Nullable PendingRequest take(@Nullable PendingRequest offered, long now) {
    if (stop != null) {
      return null;
    }
    PendingRequest own = queued.isEmpty() ? offered : queued.peek();
    PendingRequest request =
        retries.next(own, now, admission.circuitBreaker(), admission.limiter().inFlight());
    if (request == null) {
      if (own == null && callers.isEmpty() && now >= invitedUntil) {
        metrics.waiting(null, now);
      }
      return null;
    }
    if (!mayStart(now)) {
      return null;
    }
    if (request != own) {
      retries.remove(request);
    } else if (request != offered) {
      queued.remove();
    }
    slot.use();
    metrics.waiting(null, now);
    admission.start(request, now);
    tidyPermits(now);
    return request;
  }

  /**
   * Whether a call may start now. If so, the client holds a slot for it. If not, a worker is woken
   * when that may change.
   */
  private boolean mayStart(long now) {
    task.wakeAt(permits.tidy(now, true));
    admission.takePermits(callers.size() + queued.size(), now);
    WaitReason waitReason = admission.waitReason(now);
    if (waitReason == null && !slot.hold()) {
      waitReason = WaitReason.BUSY;
    }
    if (waitReason != null && waitReason.isWorthTelling()) {
      permits.giveBackIfIdle(waitReason.until());
    }
    if (waitReason != null) {
      metrics.waiting(waitReason, now);
    }
    long left = Time.nanos(deadline.left());
    if (left <= 0) {
      stop(new ClientStop(Cause.TIME_OVER, deadline.over()));
    } else if (waitReason == null) {
      return true;
    } else if (waitReason.isWorthTelling() && waitReason.until() - now >= left) {
      String message = deadline.pointless(instant(waitReason.until()), waitReason.text());
      stop(new ClientStop(Cause.TIME_OVER, message));
    } else {
      long next = Math.min(waitReason.until(), permits.nextLook(now, waitReason.until()));
      task.wakeAt(Math.min(next, now + left));
    }
    return false;
  }

  /** Records the call and then sends it. */
  private void send(PendingRequest request) {
    long now = time.nanos();
    Instant at = time.now();
    try {
      CompletableFuture<Void> unused =
          request
              .sending(at)
              .whenComplete(
                  (onRecord, failure) -> {
                    if (failure == null) {
                      sendNow(request, now, at);
                    } else {
                      fault(Cause.RECORD_LOST, failure);
                      leave(request);
                    }
                  });
    } catch (Throwable e) {
      fault(Cause.RECORD_LOST, e);
      leave(request);
    }
  }

  /**
   * @param recordedSince when recording the call began
   * @param at the same on the system clock, which goes on while the machine sleeps
   */
  private void sendNow(PendingRequest request, long recordedSince, Instant at) {
    try {
      if (locked(() -> isRecordFresh(recordedSince, at) && mayStillBeSent(request))) {
        transport.send(
            request.operation(),
            () ->
                locked(
                    () -> isRecordFresh(recordedSince, at) && permits.isUsable(request.permit())),
            end -> ended(request, end));
      } else {
        leave(request);
      }
    } catch (Throwable e) {
      // This includes an Error, such as no more threads: the row must not wait forever. The call
      // may
      // have been sent, so its permit counts.
      fault(Cause.FAULT, e);
      giveUp(request);
    }
  }

  /** Whether no other process can have taken over since the call was recorded. */
  private boolean isRecordFresh(long recordedSince, Instant at) {
    return !history.mayBeTakenOver()
        || (time.nanos() - recordedSince < PermitStock.USABLE.toNanos()
            && time.now().isBefore(at.plus(PermitStock.USABLE)));
  }

  /** Whether a call may be sent that is now on record. Recording it may have taken a while. */
  private boolean mayStillBeSent(PendingRequest request) {
    boolean inTime = deadline.left().compareTo(Duration.ZERO) > 0;
    if (!inTime) {
      stop(new ClientStop(Cause.TIME_OVER, deadline.over()));
    }
    // This call is in time, even if the next call would not be.
    boolean mayGo =
        inTime
            && (stop == null || stop.cause() == Cause.TIME_OVER)
            && permits.isUsable(request.permit());
    if (mayGo) {
      metrics.sent();
    }
    return mayGo;
  }

  /**
   * The call of a request is not sent. If the client has not stopped, only the permit is too old,
   * and the request waits for another.
   */
  private void leave(PendingRequest request) {
    boolean isTriedAgain =
        locked(
            () -> {
              permits.neverSent(request.permit());
              admission.neverSent(request);
              if (stop == null) {
                retries.add(request, time.nanos());
              }
              return stop == null;
            });
    if (isTriedAgain) {
      pool.slots().release();
      task.wake();
    } else {
      giveUp(request);
    }
  }

  private void giveUp(PendingRequest request) {
    pool.slots().release();
    request.answer().complete(new Answer.Undecided());
  }

  private void fault(Cause cause, Throwable failure) {
    Throwable e =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    String text = e.getMessage() == null || e instanceof Error ? e.toString() : e.getMessage();
    boolean isAway = cause == Cause.RECORD_LOST && history.isAway(e);
    stop(
        new ClientStop(
            e instanceof Error ? Cause.FAULT : isAway ? Cause.RECORD_AWAY : cause,
            oneLine.of(text)));
  }

  /** Called on a thread of OkHttp. */
  private void ended(PendingRequest request, CompletedCall end) {
    CompletedCall told = end;
    if (end.result() instanceof CallResult.Withheld late) {
      if (locked(() -> isLeft(request))) {
        leave(request);
        return;
      }
      told = new CompletedCall(late.asOutage(), false, end.at(), end.budget());
    }
    Answer answer;
    lock.lock();
    try {
      answer = weigh(request, told);
    } catch (Throwable e) {
      fault(Cause.FAULT, e);
      answer = new Answer.Undecided();
    } finally {
      lock.unlock();
    }
    pool.slots().release();
    if (answer != null) {
      request.answer().complete(answer);
      request.whenKept(this::kept);
    }
  }

  /** Whether a request whose call was withheld goes back as if there had been no call. */
  private boolean isLeft(PendingRequest request) {
    boolean isLeft = request.withheld() <= MOST_WITHHELD;
    if (isLeft) {
      metrics.neverSent();
    }
    return isLeft;
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

  /** Wakes a worker if something waits and a call may follow. */
  private void wakeUp() {
    if (!admission.isFull() && !(callers.isEmpty() && queued.isEmpty() && retries.isEmpty())) {
      task.wake();
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
      retries.forgiveAll();
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
    retries.add(request, now + pause);
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
        slot.giveBack();
        permits.close();
      }
      task.wake();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void limit(CallDeadline deadline) {
    lock.lock();
    try {
      this.deadline = deadline;
      task.wake();
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
    end();
    pool.closed(this);
  }

  /** Stops the client and cancels its calls in flight. */
  void end() {
    stop();
    transport.close();
    task.cancel();
  }
}
