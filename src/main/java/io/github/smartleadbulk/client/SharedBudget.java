package io.github.smartleadbulk.client;

import io.github.smartleadbulk.account.PermitGrant;
import io.github.smartleadbulk.account.RateWindow;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The rate limits of a key, for all processes that use it. Each call needs a permit, which counts
 * by the rule of the {@link Limiter}: from before the call is sent until a window's length after
 * its end. Thread-safe. No method blocks.
 *
 * <p>If a result fails, the client stops with {@link ClientStop.Cause#RECORD_LOST} or {@link
 * ClientStop.Cause#RECORD_AWAY}.
 */
public interface SharedBudget {

  /**
   * Takes permits. A client asks again only after the answer.
   *
   * @param wanted at least 1
   * @param windows at least one
   * @param life how long from now the call could arrive at the server. A permit that is neither
   *     ended nor given back counts as if its call ended then
   */
  CompletableFuture<PermitGrant> take(int wanted, List<RateWindow> windows, Duration life);

  /** A call has ended, with or without an answer. */
  CompletableFuture<Void> ended(long permit);

  /** Gives permits back. No byte of their calls was sent, and none will be. */
  CompletableFuture<Void> neverSent(List<Long> permits);
}
