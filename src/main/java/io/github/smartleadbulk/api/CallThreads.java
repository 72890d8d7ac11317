package io.github.smartleadbulk.api;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The threads of calls in flight, one for each call. From JDK 24 on, calls use virtual threads,
 * which take a third less processor time: since that version, a virtual thread that waits for a
 * lock makes room for others. The first calls use platform threads, because the JVM takes 0.3
 * seconds longer to end after a virtual thread has waited for a socket.
 */
final class CallThreads extends ThreadPoolExecutor {

  private static final String NAME = "smartlead-call-";
  private static final int FIRST_WITH_CHEAP_THREADS = 24;

  /** After this many calls, the longer end of the JVM no longer matters. */
  private static final int FIRST_CALLS = 1_000;

  private final @Nullable ThreadFactory virtual =
      Runtime.version().feature() < FIRST_WITH_CHEAP_THREADS ? null : virtualThreads();

  private final AtomicLong calls = new AtomicLong();

  CallThreads() {
    super(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), platformThreads());
  }

  @Override
  public void execute(Runnable call) {
    if (virtual == null || isShutdown() || calls.incrementAndGet() <= FIRST_CALLS) {
      super.execute(call);
    } else {
      virtual.newThread(call).start();
    }
  }

  private static ThreadFactory platformThreads() {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, NAME + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Uses reflection, because the program is compiled for JDK 17. */
  private static ThreadFactory virtualThreads() {
    try {
      Class<?> type = Class.forName("java.lang.Thread$Builder");
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      type.getMethod("name", String.class, long.class).invoke(builder, NAME, 1L);
      return (ThreadFactory) type.getMethod("factory").invoke(builder);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("every JDK from 21 on has virtual threads", e);
    }
  }
}
