package io.github.smartleadbulk.client;

import io.github.smartleadbulk.account.AccountUpdate;
import io.github.smartleadbulk.api.Answer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/** A caller that waits until its row is sent. */
public final class WaitingCaller {

  private WaitingCaller() {}

  public static CompletableFuture<Answer> update(SmartleadClient client, AccountUpdate update)
      throws InterruptedException {
    return update(client, update, CallHistory.none());
  }

  /** Its calls are recorded; its answer is not. */
  static CompletableFuture<Answer> update(
      SmartleadClient client, AccountUpdate update, CallHistory record)
      throws InterruptedException {
    return update(client, update, Samples.recordedBy(record));
  }

  static <T> CompletableFuture<T> update(
      SmartleadClient client, AccountUpdate update, RequestJournal<T> record)
      throws InterruptedException {
    Semaphore room = new Semaphore(0);
    while (true) {
      Optional<CompletableFuture<T>> sent = client.tryUpdate(update, record, room::release);
      if (sent.isPresent()) {
        return sent.get();
      }
      room.acquire();
    }
  }
}
