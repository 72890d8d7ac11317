package io.github.smartleadbulk.client;

import io.github.smartleadbulk.api.Time;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A few threads that run the tasks of many clients, and a thread that wakes tasks at their time. A
 * task is queued at most once, however often it is woken, so the queue is as long as there are
 * clients.
 */
final class Workers implements AutoCloseable {

  /** One client's task. The lock of the threads guards its fields. */
  final class Task {
    private final Runnable work;
    private final long number;
    private volatile long due = Time.NEVER;
    private boolean queued;

    private Task(Runnable work, long number) {
      this.work = work;
      this.number = number;
    }

    /** Runs the task soon, on a worker thread. If it runs now, it runs once more. */
    void wake() {
      lock.lock();
      try {
        enqueue(this);
      } finally {
        lock.unlock();
      }
    }

    /**
     * Runs the task at this time at the latest. A task that runs says again when it must run next.
     */
    void wakeAt(long time) {
      if (time >= due) {
        return;
      }
      lock.lock();
      try {
        if (time < due) {
          alarms.remove(this);
          due = time;
          alarms.add(this);
          alarmsChanged.signal();
        }
      } finally {
        lock.unlock();
      }
    }

    /** Forgets the time. */
    void cancel() {
      lock.lock();
      try {
        alarms.remove(this);
        due = Time.NEVER;
      } finally {
        lock.unlock();
      }
    }
  }

  private final Time time;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition tasksQueued = lock.newCondition();
  private final Condition alarmsChanged = lock.newCondition();
  private final Queue<Task> queue = new ArrayDeque<>();

  /** The tasks that have a time. */
  private final TreeSet<Task> alarms =
      new TreeSet<>(
          Comparator.<Task>comparingLong(task -> task.due).thenComparingLong(task -> task.number));

  private long tasks;
  private boolean closed;

  private Workers(Time time) {
    this.time = time;
  }

  static Workers start(int threads, Time time) {
    Workers workers = new Workers(time);
    try {
      daemon(workers::watchTime, "smartlead-timer");
      for (int i = 1; i <= threads; i++) {
        daemon(workers::work, "smartlead-worker-" + i);
      }
      return workers;
    } catch (Throwable e) {
      // No more threads: those that have started must not stay.
      workers.close();
      throw e;
    }
  }

  private static void daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * @param work must not block, and throws nothing
   */
  Task task(Runnable work) {
    lock.lock();
    try {
      return new Task(work, tasks++);
    } finally {
      lock.unlock();
    }
  }

  private void enqueue(Task task) {
    if (!task.queued) {
      task.queued = true;
      queue.add(task);
      tasksQueued.signal();
    }
  }

  private void work() {
    for (Task task = take(); task != null; task = take()) {
      task.work.run();
    }
  }

  /** Waits for a task. Returns null when these threads are closed and no task is left. */
  private @Nullable Task take() {
    lock.lock();
    try {
      while (queue.isEmpty() && !closed) {
        tasksQueued.awaitUninterruptibly();
      }
      Task task = queue.poll();
      if (task != null) {
        task.queued = false;
      }
      return task;
    } finally {
      lock.unlock();
    }
  }

  private void watchTime() {
    lock.lock();
    try {
      while (!closed) {
        Task next = alarms.isEmpty() ? null : alarms.first();
        if (next == null || next.due > time.nanos()) {
          time.await(alarmsChanged, next == null ? Time.NEVER : next.due);
        } else {
          alarms.remove(next);
          next.due = Time.NEVER;
          enqueue(next);
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the timer", e);
    } finally {
      lock.unlock();
    }
  }

  /** Ends the threads when the queue is empty. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      tasksQueued.signalAll();
      alarmsChanged.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
