package io.github.smartleadbulk.account;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a process gets when it asks for permits to make calls.
 *
 * @param permits one call may be sent with each; the first to be usable comes first
 * @param shortage why there are no more; null if there are as many as wanted
 */
public record PermitGrant(List<Permit> permits, @Nullable Shortage shortage) {

  public PermitGrant {
    permits = List.copyOf(permits);
  }

  /**
   * A permit for a call.
   *
   * @param usableIn how long until the call may be sent; zero for now
   * @param window why it may not be sent now; null if it may
   */
  public record Permit(long id, Duration usableIn, @Nullable RateWindow window) {}

  /** The permits' numbers. */
  public List<Long> ids() {
    return permits.stream().map(Permit::id).toList();
  }

  /**
   * A window that is full.
   *
   * @param opensIn how long until it has room; null if that depends on the end of a call
   * @param lookIn when to ask again. It may be before the window has room, because other processes
   *     can give permits back
   */
  public record Shortage(RateWindow window, @Nullable Duration opensIn, Duration lookIn) {}
}
