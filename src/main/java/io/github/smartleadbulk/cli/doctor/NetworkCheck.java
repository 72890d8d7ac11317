package io.github.smartleadbulk.cli.doctor;

import io.github.smartleadbulk.api.Proxies;
import io.github.smartleadbulk.api.ProxyException;
import io.github.smartleadbulk.cli.doctor.Finding.Level;
import io.github.smartleadbulk.cli.target.KeyState;
import io.github.smartleadbulk.cli.target.WorkspaceStates.State;
import io.github.smartleadbulk.client.ClockDifference;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Checks the way to the API, and what the API said to each key. */
public final class NetworkCheck {

  private static final String PROXY = "proxy";
  private static final String TLS = "tls";
  private static final String CLOCK = "clock";
  private static final String KEY = "key";

  private NetworkCheck() {}

  /** The proxies that calls to these URLs use. Makes no call. */
  public static List<Finding> proxies(Collection<String> baseUrls) {
    List<Finding> findings = new ArrayList<>();
    for (String url : new TreeSet<>(baseUrls)) {
      URI uri = URI.create(url);
      try {
        Proxy proxy = Proxies.ofProcess().select(uri).get(0);
        findings.add(Finding.ok(PROXY, "%s is called %s".formatted(uri.getHost(), shown(proxy))));
      } catch (ProxyException e) {
        findings.add(
            Finding.fault(
                PROXY,
                String.valueOf(e.getMessage()),
                "Correct the variable, or the option in JAVA_OPTS."));
      }
    }
    return findings;
  }

  /** Without a user and a password: the address of a proxy has none. */
  private static String shown(Proxy proxy) {
    return proxy.address() instanceof InetSocketAddress address
        ? "through the proxy " + address.getHostString() + ":" + address.getPort()
        : "without a proxy";
  }

  /** What one call with the key of each workspace has shown. */
  public static List<Finding> answers(List<State> states) {
    List<Finding> findings = new ArrayList<>();
    states.forEach(state -> addTls(state, findings));
    states.stream()
        .map(State::clock)
        .filter(clock -> clock != null)
        .findFirst()
        .ifPresent(clock -> findings.add(of(clock)));
    states.forEach(state -> findings.add(ofKey(state)));
    return findings.stream().distinct().toList();
  }

  /** The workspaces whose key cannot be used, without a call. */
  public static List<Finding> missingKeys(List<State> states) {
    return states.stream()
        .filter(state -> state.key() == KeyState.MISSING)
        .map(NetworkCheck::ofKey)
        .toList();
  }

  private static void addTls(State state, List<Finding> findings) {
    if (!state.baseUrl().startsWith("https:")) {
      return;
    }
    String host = URI.create(state.baseUrl()).getHost();
    String message = String.valueOf(state.message());
    if (state.key() == KeyState.OK || state.key() == KeyState.REFUSED) {
      findings.add(
          Finding.ok(TLS, "the connection to %s is encrypted and trusted".formatted(host)));
    } else if (message.contains("certificate") || message.contains("TLS")) {
      findings.add(
          Finding.fault(
              TLS,
              message,
              "Set this machine's clock. Behind an intercepting proxy, add its certificate to the trust store of Java."));
    }
  }

  private static Finding of(ClockDifference clock) {
    return clock.isWorthTelling()
        ? Finding.warning(
            CLOCK, clock.toString(), "Set the clock: deadlines and ramps depend on it.")
        : Finding.ok(CLOCK, "this machine's clock agrees with the server's");
  }

  private static Finding ofKey(State state) {
    String name = "workspace " + state.name();
    String message = state.message() == null ? "" : ": " + state.message();
    return switch (state.key()) {
      case OK -> Finding.ok(KEY, "%s: accepted, %s".formatted(name, left(state)));
      case REFUSED ->
          Finding.fault(
              KEY,
              name + ": refused" + message,
              "Copy the key again from SmartLead, and check that its plan includes the API.");
      case MISSING ->
          new Finding(KEY, Level.FAULT, name + " has no key that can be used", state.message());
      case UNREACHABLE ->
          Finding.fault(
              KEY,
              name + ": no answer for the key" + message,
              "Check the network, the proxy and --base-url.");
      case NOT_CHECKED ->
          Finding.warning(KEY, name + ": not checked" + message, "Run doctor again later.");
    };
  }

  private static String left(State state) {
    return state.use().isEmpty()
        ? "no rate limits"
        : state.use().stream()
            .map(use -> String.format(Locale.ROOT, "%,d of %s left", use.left(), use.window()))
            .collect(Collectors.joining(", "));
  }
}
