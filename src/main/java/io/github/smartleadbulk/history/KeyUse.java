package io.github.smartleadbulk.history;

import io.github.smartleadbulk.client.WindowUse;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the windows of a workspace's key have left.
 *
 * @param target the API that the windows belong to
 * @param windows empty without limits
 */
public record KeyUse(String workspace, String target, List<WindowUse> windows) {

  /** Those with the smallest share of a window left come first. */
  public static final Comparator<KeyUse> LEAST_LEFT =
      Comparator.comparingDouble(KeyUse::shareLeft)
          .thenComparing(KeyUse::workspace, String.CASE_INSENSITIVE_ORDER);

  private double shareLeft() {
    return windows.stream()
        .mapToDouble(use -> use.left() / (double) use.window().calls())
        .min()
        .orElse(Double.MAX_VALUE);
  }

  /** When the windows have room for a call; null without windows. */
  public @Nullable Instant next() {
    return windows.stream().map(WindowUse::next).max(Instant::compareTo).orElse(null);
  }
}
