package io.github.smartleadbulk.cli.process;

import io.github.smartleadbulk.run.ExitCode;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Handles SIGINT and SIGTERM: the first signal is passed on, and the second ends the process
 * immediately. Whoever begins to handle them while others do hears of a signal that has arrived
 * before: a worker that was asked to end may just have begun a run. Also handles SIGWINCH, with
 * which a terminal says that its size has changed.
 *
 * <p>A shutdown hook could not tell a second signal from the first. {@code sun.misc.Signal} is the
 * JDK's only other way. It is in module {@code jdk.unsupported} and stays until there is a better
 * one (JEP 260). It is called by reflection, because javac's warning about it cannot be suppressed.
 */
public final class Signals implements AutoCloseable {

  private static final Map<String, ExitCode> EXIT_CODE_BY_SIGNAL =
      Map.of("INT", ExitCode.SIGINT, "TERM", ExitCode.SIGTERM);

  /**
   * The timeout command signals a process and its group: two signals within this time count as one.
   */
  private static final Duration TWICE = Duration.ofMillis(500);

  /** What a signal does, by its name: several runs of a worker can wait for the same signal. */
  private static final Map<String, List<Runnable>> ACTIONS = new HashMap<>();

  /** What restores the handlers that were there before, by the name of the signal. */
  private static final Map<String, Runnable> UNINSTALL = new HashMap<>();

  /** The signals that have arrived since somebody has handled them without a break. */
  private static final Set<String> ARRIVED = new HashSet<>();

  private final List<Runnable> restore = new ArrayList<>();

  private Signals() {}

  /**
   * Also halts the process if it does not end soon after a signal.
   *
   * @param timeout the time limit of one call
   */
  public static Signals handle(Duration timeout, Consumer<ExitCode> first)
      throws ReflectiveOperationException {
    LastResort lastResort = new LastResort(timeout);
    Signals signals =
        handle(
            signal -> {
              lastResort.haltSoon(signal);
              first.accept(signal);
            });
    signals.restore.add(lastResort::close);
    return signals;
  }

  public static Signals handle(Consumer<ExitCode> first) throws ReflectiveOperationException {
    Signals signals = new Signals();
    AtomicLong firstAt = new AtomicLong();
    for (Map.Entry<String, ExitCode> signal : EXIT_CODE_BY_SIGNAL.entrySet()) {
      signals.handle(
          signal.getKey(),
          () -> {
            long now = System.nanoTime();
            if (firstAt.compareAndSet(0, now)) {
              first.accept(signal.getValue());
            } else if (now - firstAt.get() > TWICE.toNanos()) {
              Runtime.getRuntime().halt(signal.getValue().code());
            }
          });
    }
    return signals;
  }

  /** Runs an action each time the terminal's size has changed. */
  static Signals handleResize(Runnable action) throws ReflectiveOperationException {
    Signals signals = new Signals();
    signals.handle("WINCH", action);
    return signals;
  }

  /** Handles no signal. */
  static Signals none() {
    return new Signals();
  }

  private void handle(String name, Runnable action) throws ReflectiveOperationException {
    boolean isLate;
    synchronized (ACTIONS) {
      List<Runnable> actions = ACTIONS.computeIfAbsent(name, signal -> new ArrayList<>());
      Runnable uninstall = actions.isEmpty() ? install(name) : null;
      actions.add(action);
      restore.add(() -> remove(name, action));
      if (uninstall != null) {
        UNINSTALL.put(name, uninstall);
      }
      isLate = ARRIVED.contains(name);
    }
    if (isLate) {
      action.run();
    }
  }

  private static void remove(String name, Runnable action) {
    synchronized (ACTIONS) {
      List<Runnable> actions = ACTIONS.getOrDefault(name, List.of());
      if (actions.remove(action) && actions.isEmpty()) {
        ARRIVED.remove(name);
        Objects.requireNonNull(UNINSTALL.remove(name)).run();
      }
    }
  }

  private static void arrived(String name) {
    List<Runnable> actions;
    synchronized (ACTIONS) {
      actions = List.copyOf(ACTIONS.getOrDefault(name, List.of()));
      if (!actions.isEmpty() && EXIT_CODE_BY_SIGNAL.containsKey(name)) {
        ARRIVED.add(name);
      }
    }
    actions.forEach(Runnable::run);
  }

  /** Handles a signal; returns what restores the earlier handler. */
  private static Runnable install(String name) throws ReflectiveOperationException {
    Class<?> signalType = Class.forName("sun.misc.Signal");
    Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
    InvocationHandler invocations =
        (proxy, method, arguments) -> {
          arrived(name);
          return null;
        };
    Object handler =
        Proxy.newProxyInstance(
            Signals.class.getClassLoader(), new Class<?>[] {handlerType}, invocations);
    Object signal = signalType.getConstructor(String.class).newInstance(name);
    Object before =
        signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, handler);
    return () -> {
      try {
        signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, before);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    };
  }

  /** Stops handling. If nobody else does, the earlier handlers are restored. */
  @Override
  public void close() {
    restore.forEach(Runnable::run);
    restore.clear();
  }
}
