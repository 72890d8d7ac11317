package io.github.smartleadbulk.sandbox;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the kinds of faults are spelled in a fault plan. */
final class Spelling {

  private Spelling() {}

  static String of(Enum<?> kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static <K extends Enum<K>> @Nullable K find(Class<K> kinds, String text) {
    return Arrays.stream(kinds.getEnumConstants())
        .filter(kind -> of(kind).equals(text))
        .findFirst()
        .orElse(null);
  }

  static String list(Collection<? extends Enum<?>> kinds) {
    return kinds.stream().map(Spelling::of).collect(Collectors.joining(", "));
  }
}
