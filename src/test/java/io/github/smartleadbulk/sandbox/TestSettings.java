package io.github.smartleadbulk.sandbox;

import io.github.smartleadbulk.account.RateWindow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Settings that differ from the defaults in one thing. */
final class TestSettings {

  private TestSettings() {}

  static SandboxSettings faults(String faults) {
    return new SandboxSettings(
        0, 1_000, List.of(), Duration.ZERO, FaultPlan.parse(faults), null, 7, null);
  }

  static SandboxSettings latency(Duration latency) {
    return new SandboxSettings(0, 1_000, List.of(), latency, FaultPlan.none(), null, 7, null);
  }

  static SandboxSettings windows(String windows) {
    return new SandboxSettings(
        0, 1_000, RateWindow.parseAll(windows), Duration.ZERO, FaultPlan.none(), null, 7, null);
  }

  static SandboxSettings accounts(int accounts) {
    return new SandboxSettings(
        0, accounts, List.of(), Duration.ZERO, FaultPlan.none(), null, 7, null);
  }

  static SandboxSettings key(String key) {
    return new SandboxSettings(0, 1_000, List.of(), Duration.ZERO, FaultPlan.none(), key, 7, null);
  }

  static SandboxSettings port(int port) {
    return new SandboxSettings(
        port, 1_000, List.of(), Duration.ZERO, FaultPlan.none(), null, 7, null);
  }

  static SandboxSettings store(Path store) {
    return new SandboxSettings(
        0, 1_000, List.of(), Duration.ZERO, FaultPlan.none(), null, 7, store);
  }
}
