package io.github.smartleadbulk.sandbox;

import static java.util.stream.Collectors.toUnmodifiableMap;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.account.SettingValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A running stand-in for the SmartLead API on loopback. It lists, shows and updates made-up
 * accounts, and fails on request.
 */
public final class Sandbox implements AutoCloseable {

  /** The id of the first account. The ids count up from here. */
  public static final long FIRST_ACCOUNT_ID = 10_000_001;

  private static final int BACKLOG = 1_024;

  static {
    // The JDK's server reads these once, when its classes load. Without the first, every answer
    // waits 40 ms for an acknowledgement; the others keep it from closing idle connections under
    // a client that is about to use them.
    setDefault("sun.net.httpserver.nodelay", "true");
    setDefault("sun.net.httpserver.idleInterval", "3600");
    setDefault("sun.net.httpserver.maxIdleConnections", "10000");
  }

  private final HttpServer server;
  private final ExecutorService workers = Executors.newCachedThreadPool(Sandbox::thread);
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Sandbox::thread);
  private final SandboxSettings settings;
  private final AccountFile file;
  private final Keys keys;
  private final AccountEndpoints api;
  private final RequestLog log;
  private final @Nullable Relay relay;
  private final URI root;

  private Sandbox(
      SandboxSettings settings, AccountFile file, Consumer<? super SandboxRequest> onRequest)
      throws IOException {
    this.settings = settings;
    this.file = file;
    this.keys = new Keys(settings, file);
    this.log = new RequestLog(onRequest);
    this.api = new AccountEndpoints(keys::accounts, settings.faults().ofList());
    boolean relayed = settings.faults().areBeneathHttp();
    this.server = HttpServer.create(loopback(relayed ? 0 : settings.port()), BACKLOG);
    this.relay = relayed ? relay() : null;
    int port = relay == null ? server.getAddress().getPort() : relay.port();
    this.root = URI.create("http://127.0.0.1:" + port);
  }

  private Relay relay() throws IOException {
    try {
      return new Relay(
          loopback(settings.port()),
          BACKLOG,
          server.getAddress(),
          workers,
          timer,
          settings.faults().ofServer());
    } catch (IOException e) {
      server.stop(0);
      throw e;
    }
  }

  /** Starts a sandbox without a listener. */
  public static Sandbox start(SandboxSettings settings) throws IOException {
    return start(settings, request -> {});
  }

  /**
   * Starts a sandbox.
   *
   * @param onRequest gets every request before its answer is sent; called by several threads at
   *     once
   * @throws java.net.BindException if the port is taken
   * @throws java.nio.file.FileSystemException if another sandbox is using the store, or the store
   *     is another kind of file
   */
  public static Sandbox start(SandboxSettings settings, Consumer<? super SandboxRequest> onRequest)
      throws IOException {
    return start(settings, onRequest, UnaryOperator.identity());
  }

  /**
   * Starts a sandbox whose endpoints are replaced.
   *
   * @param replacement given the endpoints of the sandbox
   */
  static Sandbox start(
      SandboxSettings settings,
      Consumer<? super SandboxRequest> onRequest,
      UnaryOperator<Endpoints> replacement)
      throws IOException {
    AccountFile file = AccountFile.open(settings.store());
    try {
      Sandbox sandbox = new Sandbox(settings, file, onRequest);
      sandbox.open(replacement.apply(sandbox.api));
      return sandbox;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private void open(Endpoints endpoints) {
    Map<String, List<RateWindow>> windowsByKey =
        settings.keys().stream().collect(toUnmodifiableMap(SandboxKey::value, SandboxKey::windows));
    RateLimits limits = new RateLimits(settings.windows(), windowsByKey, System::nanoTime);
    RequestPipeline gate =
        new RequestPipeline(settings, keys, limits, endpoints, root.resolve("/moved"));
    ExchangeHandler.Connections connections = relay == null ? HttpExchange::close : relay;
    server.createContext(
        "/", new ExchangeHandler(gate, keys, log, connections, settings.latency(), timer, workers));
    server.setExecutor(workers);
    server.start();
    if (relay != null) {
      relay.start();
    }
  }

  /** The base URL for clients. */
  public URI baseUrl() {
    return root.resolve(ApiRequest.ROOT);
  }

  /** A key that is accepted. In a sandbox with several keys: the first of them. */
  public String exampleKey() {
    return keys.example();
  }

  /**
   * The key of a workspace. A rehearsal makes it up: the same workspace always has the same key,
   * and each key has its own accounts, which a store keeps under this key. The default workspace
   * has {@link #exampleKey}.
   *
   * @param workspace in a sandbox with several keys: the name of a key
   * @throws IllegalArgumentException if the sandbox has no such key and is no rehearsal
   */
  public String keyOf(String workspace) {
    return keys.named(workspace);
  }

  public SandboxCounts counts() {
    return log.counts(api.updatesApplied());
  }

  /** The present values of the settings of an account that {@link #exampleKey} has. */
  public Map<AccountField, SettingValue> settingsOf(long accountId) {
    return settingsOf(exampleKey(), accountId);
  }

  /**
   * The present values of all settings of an account, including those that no answer has.
   *
   * @param key the key that the account belongs to
   * @throws IllegalArgumentException if the key has no such account
   */
  public Map<AccountField, SettingValue> settingsOf(String key, long accountId) {
    AccountStore accounts = keys.accounts(key);
    if (!accounts.contains(accountId)) {
      throw new IllegalArgumentException("no account " + accountId + " in this sandbox");
    }
    return accounts.settings(accountId);
  }

  /** Adds an account for {@link #exampleKey}. */
  public void add(@Nullable Long accountId, @Nullable String fromEmail) {
    add(exampleKey(), accountId, fromEmail);
  }

  /**
   * Adds an account to the list that a key sees in a rehearsal. After the first call, this list has
   * only added accounts, in the order of adding. An existing account does not change, except that
   * it gets the address if it was added without one. A sandbox in another mode stores addresses,
   * but its list does not change.
   *
   * @param key the key that the account belongs to
   * @param accountId null if only the address is known; the account is then the one with that
   *     address or, if there is none, one with an id computed from the address. Ids below 1 or with
   *     more than eight digits are ignored
   * @param fromEmail the address; null or blank for the made-up address
   */
  public void add(String key, @Nullable Long accountId, @Nullable String fromEmail) {
    keys.accounts(key).add(accountId, fromEmail);
  }

  /** Stops immediately. Requests in flight lose their connection. */
  @Override
  public void close() {
    try {
      if (relay != null) {
        relay.close();
      }
      server.stop(0);
      timer.shutdownNow();
      // Do not interrupt these threads: an interrupt would close the account file while a thread
      // writes to it.
      workers.shutdown();
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static InetSocketAddress loopback(int port) throws IOException {
    return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "sandbox");
    thread.setDaemon(true);
    return thread;
  }

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
