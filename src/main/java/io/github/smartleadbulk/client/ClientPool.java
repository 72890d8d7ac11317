package io.github.smartleadbulk.client;

import io.github.smartleadbulk.api.ClientSettings;
import io.github.smartleadbulk.api.SharedHttp;
import io.github.smartleadbulk.api.Time;
import io.github.smartleadbulk.api.Transport;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the clients of a process share: threads, connections and the number of calls in flight. A
 * client has no thread of its own, so a process can have a thousand. The limits, the pauses and the
 * key belong to each client alone.
 */
public final class ClientPool implements AutoCloseable {

  /** Each call in flight takes a thread, a connection and buffers. */
  private static final int MOST_CALLS = 512;

  /** Enough for a client to go on while some of its calls are slow. */
  private static final int LEAST_CALLS_EACH = 4;

  /** The workers only start calls, which takes microseconds. */
  private static final int MOST_WORKERS = 4;

  private final int clients;
  private final Time time;
  private final SharedHttp http;
  private final Workers workers;
  private final CallSlots slots;
  private final Set<PacedClient> open = ConcurrentHashMap.newKeySet();
  private boolean closed;

  private ClientPool(int clients, Time time, SharedHttp http, Workers workers, CallSlots slots) {
    this.clients = clients;
    this.time = time;
    this.http = http;
    this.workers = workers;
    this.slots = slots;
  }

  /**
   * Starts the threads.
   *
   * @param clients how many clients to expect. A single client may have as many calls in flight as
   *     its settings allow. Several share {@value #MOST_CALLS}, and none may have more than its
   *     part, so a few slow servers cannot take all
   * @throws IllegalArgumentException if a proxy setting in the environment is not valid
   */
  public static ClientPool start(int clients) {
    return start(clients, Time.system());
  }

  static ClientPool start(int clients, Time time) {
    int mostCalls = clients == 1 ? Integer.MAX_VALUE : MOST_CALLS;
    SharedHttp http = SharedHttp.create(mostCalls);
    Workers workers = Workers.start(Math.min(clients, MOST_WORKERS), time);
    return new ClientPool(clients, time, http, workers, new CallSlots(mostCalls));
  }

  /** Creates a client with a pool of its own, which is closed with the client. */
  static SmartleadClient single(ClientSettings settings, CallHistory history) {
    ClientPool pool = start(1);
    try {
      return pool.create(settings, history);
    } catch (Throwable e) {
      pool.close();
      throw e;
    }
  }

  /** Creates a client. It opens no connection before the first call. */
  public SmartleadClient create(ClientSettings settings, CallHistory history) {
    return create(settings, history, Transport.create(settings, http, time));
  }

  /** Creates a client that makes its calls with this transport. */
  public SmartleadClient create(ClientSettings settings, CallHistory history, Transport transport) {
    PacedClient client = new PacedClient(settings, history, transport, this);
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException("the pool is closed");
      }
      open.add(client);
    }
    return client;
  }

  Time time() {
    return time;
  }

  CallSlots slots() {
    return slots;
  }

  Workers workers() {
    return workers;
  }

  /** The most calls in flight of one client. */
  int mostCalls(ClientSettings settings) {
    int most = ConcurrencyLimit.most(settings);
    return clients == 1 ? most : Math.min(most, Math.max(LEAST_CALLS_EACH, MOST_CALLS / clients));
  }

  /** A client has been closed. */
  void closed(PacedClient client) {
    open.remove(client);
    if (clients == 1) {
      close();
    }
  }

  /** Closes all clients, cancels calls in flight and ends all threads. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    open.forEach(PacedClient::end);
    http.close();
    workers.close();
  }
}
