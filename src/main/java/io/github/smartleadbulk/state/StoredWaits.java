package io.github.smartleadbulk.state;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Waits as text: a line such as {@code 60/min=1500} for each cause, in milliseconds. */
final class StoredWaits {

  private StoredWaits() {}

  static String write(Map<String, Duration> waitedByCause) {
    return new TreeMap<>(waitedByCause)
        .entrySet().stream()
            .map(wait -> wait.getKey() + "=" + wait.getValue().toMillis())
            .collect(Collectors.joining("\n"));
  }

  static Map<String, Duration> read(String text) {
    Map<String, Duration> waitedByCause = new TreeMap<>();
    text.lines()
        .forEach(
            line -> {
              int end = line.lastIndexOf('=');
              waitedByCause.put(
                  line.substring(0, end),
                  Duration.ofMillis(Long.parseLong(line.substring(end + 1))));
            });
    return waitedByCause;
  }
}
