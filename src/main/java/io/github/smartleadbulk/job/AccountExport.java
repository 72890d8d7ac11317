package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.Account;
import io.github.smartleadbulk.client.AccountPage;
import io.github.smartleadbulk.client.Answer;
import io.github.smartleadbulk.client.ClientSettings;
import io.github.smartleadbulk.client.ClientStop;
import io.github.smartleadbulk.client.SmartleadClient;
import io.github.smartleadbulk.job.RunSettings.CallMemory;
import io.github.smartleadbulk.state.StateStore;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the account list once, inside the limits of everything else that this key does.
 *
 * <p>{@link #execute} is called once; {@link #stop} by any thread.
 */
public final class AccountExport {

  /** Takes the accounts, each once. */
  public interface Sink {
    void accept(Account account) throws IOException;

    /** Whether no more accounts are wanted. */
    default boolean hasEnough() {
      return false;
    }
  }

  /**
   * How it ended.
   *
   * @param stopped why before the last page; null if it was read to its end
   */
  public record End(ExitCode exitCode, @Nullable String stopped, long accounts) {}

  private final StateStore store;
  private final RunPlace place;
  private final ClientSettings settings;
  private final CallMemory memory;
  private final ClientHandle client = new ClientHandle();

  public AccountExport(
      StateStore store, RunPlace place, ClientSettings settings, CallMemory memory) {
    this.store = store;
    this.place = place;
    this.settings = settings;
    this.memory = memory;
  }

  /**
   * Reads to the end, until the sink has enough, or until it is stopped.
   *
   * @param clientId only accounts of this client; null for all
   */
  public End execute(@Nullable Long clientId, Sink sink) throws IOException, InterruptedException {
    try (LoggedCalls calls =
            LoggedCalls.open(
                store, settings.windows(), place.keyHash(), place.target(), null, memory);
        SmartleadClient opened = SmartleadClient.create(settings, calls)) {
      client.publish(opened);
      Set<Long> seen = new HashSet<>();
      long offset = 0;
      int pagesWithoutNews = 0;
      while (true) {
        Answer answer = opened.list(new AccountPage(offset, clientId)).get();
        if (!(answer instanceof Answer.Listed page)) {
          return stopped(answer, opened.stopped(), seen.size());
        }
        int before = seen.size();
        for (Account account : page.accounts()) {
          // Pages shift while accounts come and go.
          if (seen.add(account.id())) {
            sink.accept(account);
          }
        }
        if (page.rows() < AccountPage.ROWS || sink.hasEnough()) {
          return new End(ExitCode.OK, null, seen.size());
        }
        pagesWithoutNews = seen.size() == before ? pagesWithoutNews + 1 : 0;
        if (pagesWithoutNews == SnapshotTasklet.PAGES_WITHOUT_NEWS) {
          return new End(
              ExitCode.STOPPED_EARLY,
              "the server shows the same accounts on every page: the others cannot be read",
              seen.size());
        }
        offset += page.rows();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("answers are values", e.getCause());
    }
  }

  private End stopped(Answer answer, Optional<ClientStop> clientStop, long accounts) {
    if (answer instanceof Answer.Failed failed) {
      return new End(
          ExitCode.STOPPED_EARLY, "the accounts cannot be read: " + failed.message(), accounts);
    }
    RunEnd end = RunEnd.stopped(clientStop, client.askedToStop());
    return new End(end.exitCode(), end.stopped(), accounts);
  }

  /** Makes no more calls. */
  public void stop(ExitCode signal) {
    client.stop(Stop.bySignal(signal));
  }
}
