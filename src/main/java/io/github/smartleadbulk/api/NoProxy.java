package io.github.smartleadbulk.api;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The hosts of {@code NO_PROXY}: names, with or without a dot before them, and their parts. */
record NoProxy(List<String> names) {

  static NoProxy parse(String text) {
    return new NoProxy(
        Arrays.stream(text.toLowerCase(Locale.ROOT).split(","))
            .map(name -> name.strip().replaceFirst("^\\*?\\.", "").replaceFirst(":[0-9]+$", ""))
            .filter(name -> !name.isEmpty())
            .toList());
  }

  boolean matches(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return names.stream()
        .anyMatch(
            except -> except.equals("*") || name.equals(except) || name.endsWith("." + except));
  }
}
