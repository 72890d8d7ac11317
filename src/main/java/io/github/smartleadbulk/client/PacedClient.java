package io.github.smartleadbulk.client;

import io.github.smartleadbulk.account.AccountUpdate;
import io.github.smartleadbulk.client.ClientStop.Cause;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Two threads send: the caller's, in {@link #update}, and one of our own for rows to be tried again
 * when no caller is there. Both do the same: wait until the {@link Gate} lets a call pass, then
 * send what is most due, be it their own row or another. Answers come in on OkHttp's threads, which
 * never wait here for more than the lock.
 */
final class PacedClient implements SmartleadClient {

  /** Beyond this, rows that wait to be tried again hold up new ones: memory has an end. */
  private static final int MOST_OPEN_ROWS = 1000;

  /** Measured: more bring a server nearby no more calls a second, fewer leave one far away idle. */
  private static final int USUAL_CONCURRENCY = 64;

  private static final int LARGEST_CONCURRENCY = 256;

  private final Time time;
  private final CallRecord record;
  private final int maxAttempts;
  private final int concurrency;
  private final Transport transport;
  private final OneLine oneLine;
  private final BackOff backOff = new BackOff(new SplittableRandom());
  private final Thread retryThread = new Thread(this::retry, "smartlead-retry");

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition callerMayLook = lock.newCondition();
  private final Condition retryMayLook = lock.newCondition();
  private final PriorityQueue<Row> waiting =
      new PriorityQueue<>(Comparator.comparingLong(Row::due));
  private final Tally tally = new Tally();
  private final Gate gate;
  private @Nullable ClientStop stop;

  PacedClient(ClientSettings settings, CallRecord record, Time time) {
    this(settings, record, time, HttpSetup.client(settings, concurrency(settings)));
  }

  PacedClient(ClientSettings settings, CallRecord record, Time time, OkHttpClient http) {
    this.time = time;
    this.record = record;
    this.maxAttempts = settings.maxAttempts();
    this.concurrency = concurrency(settings);
    this.oneLine = new OneLine(settings.key());
    this.gate =
        new Gate(
            Limiter.remembering(settings.windows(), record, time),
            settings.maxOutage(),
            concurrency);
    this.transport = new Transport(settings, http, time);
    retryThread.setDaemon(true);
    retryThread.start();
  }

  /**
   * Enough for the calls of one second, since few take longer. Bursts are bounded by the windows
   * themselves: what is under way counts in them.
   */
  private static int concurrency(ClientSettings settings) {
    if (settings.concurrency() > 0) {
      return settings.concurrency();
    }
    double callsPerSecond =
        settings.windows().stream()
            .mapToDouble(w -> 1e9 * w.calls() / Time.nanos(w.length()))
            .min()
            .orElse(0);
    return (int) Math.max(USUAL_CONCURRENCY, Math.min(LARGEST_CONCURRENCY, callsPerSecond));
  }

  @Override
  public CompletableFuture<Answer> update(AccountUpdate update) throws InterruptedException {
    Row own = new Row(update);
    Row row;
    do {
      row = take(own, callerMayLook);
      if (row == null) {
        own.answer().complete(new Answer.Undecided());
        break;
      }
      send(row);
    } while (row != own);
    return own.answer();
  }

  private void retry() {
    try {
      for (Row row = take(null, retryMayLook); row != null; row = take(null, retryMayLook)) {
        send(row);
      }
    } catch (InterruptedException e) {
      stop(new ClientStop(Cause.FAULT, "the thread for retries was interrupted"));
    }
    drain();
  }

  /** The client has stopped: nobody tries these rows again. */
  private void drain() {
    while (true) {
      Row row;
      lock.lock();
      try {
        row = waiting.poll();
      } finally {
        lock.unlock();
      }
      if (row == null) {
        return;
      }
      row.answer().complete(new Answer.Undecided());
    }
  }

  /**
   * Waits until a call may be sent, and says for which row.
   *
   * @param own the caller's row; null if it has none
   * @return null when the client has stopped
   */
  private @Nullable Row take(@Nullable Row own, Condition mayLook) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (stop == null) {
        long now = time.nanos();
        Row row = next(own, now);
        Hold hold = row == null ? null : gate.hold(now);
        if (row != null) {
          tally.waiting(hold, now);
        }
        if (row != null && hold == null) {
          if (row != own) {
            waiting.remove();
          }
          tally.sent(row.wasSentBefore());
          gate.start(row, now);
          return row;
        }
        Row head = waiting.peek();
        long due = head == null || row == head ? Time.NEVER : head.due();
        time.await(mayLook, hold == null ? due : hold.until());
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** The row that is most due; null if there is none. */
  private @Nullable Row next(@Nullable Row own, long now) {
    Row head = waiting.peek();
    boolean isAway = gate.outage().isActive();
    if (head == null) {
      return own;
    }
    // While nobody answers, rows not yet tried go first: the sooner so many of them have found no
    // server that the outage is certain, the fewer have used up their tries on it.
    if (own != null && gate.outage().isSuspected() && !isAway) {
      return own;
    }
    if (head.due() <= now || isAway) {
      return head;
    }
    return waiting.size() + gate.limiter().inFlight() < MOST_OPEN_ROWS ? own : null;
  }

  private void send(Row row) {
    try {
      if (!gate.limiter().isUnlimited()) {
        record.record(time.now());
      }
      transport.send(row.update(), end -> ended(row, end));
    } catch (RuntimeException e) {
      stop(new ClientStop(Cause.FAULT, oneLine.of(e.toString())));
      row.answer().complete(new Answer.Undecided());
    }
  }

  /** On a thread of OkHttp. */
  private void ended(Row row, CallEnd end) {
    Answer answer;
    lock.lock();
    try {
      answer = weigh(row, end);
    } catch (RuntimeException e) {
      stop(new ClientStop(Cause.FAULT, oneLine.of(e.toString())));
      answer = new Answer.Undecided();
    } finally {
      lock.unlock();
    }
    if (answer != null) {
      row.answer().complete(answer);
    }
  }

  private @Nullable Answer weigh(Row row, CallEnd end) {
    long now = time.nanos();
    Outage outage = gate.outage();
    boolean wasAway = outage.isActive();
    ClientStop reason = gate.end(row, end, now);
    if (reason != null) {
      stop(reason);
    }
    if (outage.isActive() && !wasAway) {
      waiting.forEach(Row::forgive);
    }
    tally.ended(end.reply(), now - row.sentAt());
    // What fails because there is no server is never a row's last try.
    Answer answer = row.decide(end.reply(), outage.isActive() ? Integer.MAX_VALUE : maxAttempts);
    if (answer == null) {
      answer = again(row, end.reply(), now);
    }
    callerMayLook.signal();
    if (!waiting.isEmpty()) {
      retryMayLook.signal();
    }
    return answer;
  }

  private @Nullable Answer again(Row row, Reply reply, long now) {
    if (stop != null) {
      return new Answer.Undecided();
    }
    long pause = 0;
    if (reply instanceof Reply.Again again) {
      pause = backOff.next(row.tries(), again.atLeast());
    }
    if (gate.outage().isActive()) {
      row.forgive();
    }
    row.due(now + pause);
    waiting.add(row);
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
  public Optional<ClientStop> stopped() {
    lock.lock();
    try {
      return Optional.ofNullable(stop);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public ClientStatistics statistics() {
    lock.lock();
    try {
      return tally.statistics(time.nanos());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<Waiting> waiting() {
    lock.lock();
    try {
      Hold hold = tally.hold();
      return hold == null || !hold.isWorthTelling()
          ? Optional.empty()
          : Optional.of(new Waiting(hold.cause(), hold.text(), instant(hold.until())));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Instant forecast(long callsLeft) {
    Forecast forecast;
    long latency;
    lock.lock();
    try {
      forecast = gate.limiter().forecast(time.nanos());
      latency = tally.latency();
    } finally {
      lock.unlock();
    }
    long busy = time.nanos() + (long) ((double) callsLeft * latency / concurrency);
    return instant(Math.max(forecast.finish(callsLeft, latency), busy));
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
