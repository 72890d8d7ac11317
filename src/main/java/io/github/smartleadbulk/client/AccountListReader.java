package io.github.smartleadbulk.client;

import io.github.smartleadbulk.api.Answer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the account list page by page, in the order that an {@link AccountListWalk} gives. For one
 * thread.
 */
public final class AccountListReader {

  private final SmartleadClient client;
  private final AccountListWalk walk;
  private final AccountListWalk.Seen seen;
  private @Nullable Answer unusable;
  private @Nullable CompletableFuture<Answer> pending;

  /**
   * @param walk decides which pages to read
   * @param seen the accounts of earlier pages
   */
  public AccountListReader(
      SmartleadClient client, AccountListWalk walk, AccountListWalk.Seen seen) {
    this.client = client;
    this.walk = walk;
    this.seen = seen;
  }

  /**
   * Reads the next page.
   *
   * @return null after the last page, and if the rest of the list {@linkplain #unusable cannot be
   *     read}
   */
  public AccountListWalk.@Nullable Step read() throws InterruptedException {
    return read(() -> false);
  }

  /**
   * Reads the next page, unless it takes too long. Then the next call waits for the same page.
   *
   * @param isEnough whether to stop waiting
   * @return also null if it took {@linkplain #isWaiting too long}
   */
  public AccountListWalk.@Nullable Step read(BooleanSupplier isEnough) throws InterruptedException {
    while (!walk.isEnded()) {
      if (pending == null) {
        pending = client.list(walk.next());
      }
      Answer answer = Answers.await(pending, isEnough);
      if (answer == null) {
        return null;
      }
      pending = null;
      if (answer instanceof Answer.Listed page) {
        return walk.add(page, seen);
      } else if (answer instanceof Answer.Failed failed && walk.refuse(failed.message())) {
        return new AccountListWalk.Step(List.of(), 0);
      } else if (!(answer instanceof Answer.TooLarge)) {
        unusable = answer;
        return null;
      }
      walk.askForLess();
    }
    return null;
  }

  /** Whether a page was requested and is not here. */
  public boolean isWaiting() {
    return pending != null;
  }

  /** The answer that came instead of a page; null if none did. */
  public @Nullable Answer unusable() {
    return unusable;
  }
}
