package io.github.smartleadbulk.sandbox;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Counts requests and reports them to a listener. */
final class RequestLog {

  private final Consumer<? super SandboxRequest> observer;
  private final ConcurrentMap<Integer, LongAdder> requestsByStatus = new ConcurrentHashMap<>();

  RequestLog(Consumer<? super SandboxRequest> observer) {
    this.observer = observer;
  }

  void add(SandboxRequest request) {
    requestsByStatus.computeIfAbsent(request.status(), status -> new LongAdder()).increment();
    observer.accept(request);
  }

  SandboxCounts counts(long updatesApplied) {
    SortedMap<Integer, Long> counted = new TreeMap<>();
    requestsByStatus.forEach((status, count) -> counted.put(status, count.sum()));
    long requests = counted.values().stream().mapToLong(Long::longValue).sum();
    return new SandboxCounts(requests, counted, updatesApplied);
  }
}
