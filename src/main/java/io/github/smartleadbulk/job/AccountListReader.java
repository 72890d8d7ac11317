package io.github.smartleadbulk.job;

import io.github.smartleadbulk.api.Answer;
import io.github.smartleadbulk.client.AccountListWalk;
import io.github.smartleadbulk.client.SmartleadClient;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the account list page by page, in the order that an {@link AccountListWalk} gives. For one
 * thread.
 */
final class AccountListReader {

  private final SmartleadClient client;
  private final AccountListWalk walk;
  private final AccountListWalk.Seen seen;
  private @Nullable Answer unusable;

  /**
   * @param walk decides which pages to read
   * @param seen the accounts of earlier pages
   */
  AccountListReader(SmartleadClient client, AccountListWalk walk, AccountListWalk.Seen seen) {
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
  AccountListWalk.@Nullable Step read() throws InterruptedException {
    while (!walk.isEnded()) {
      Answer answer = Answers.await(client.list(walk.next()));
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

  /** The answer that came instead of a page; null if none did. */
  @Nullable Answer unusable() {
    return unusable;
  }
}
