package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.Account;
import io.github.smartleadbulk.api.Answer;
import io.github.smartleadbulk.api.ClientSettings;
import io.github.smartleadbulk.client.AccountListReader;
import io.github.smartleadbulk.client.AccountListWalk;
import io.github.smartleadbulk.client.CallHistory;
import io.github.smartleadbulk.client.ClientPool;
import io.github.smartleadbulk.client.ClientStop;
import io.github.smartleadbulk.client.SmartleadClient;
import io.github.smartleadbulk.run.ClientHandle;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.Stop;
import io.github.smartleadbulk.state.StateStore;
import io.github.smartleadbulk.workspace.LoggedCalls;
import io.github.smartleadbulk.workspace.Workspace;
import java.io.IOException;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads the account list once. The calls count against the limits of the key like all other calls.
 *
 * <p>Call {@link #execute} once. Any thread can call {@link #stop}.
 */
public final class AccountExport {

  /** Receives the accounts, each once. */
  public interface Sink {
    void accept(Account account) throws IOException;

    /** Whether the sink needs no more accounts. */
    default boolean hasEnough() {
      return false;
    }
  }

  /**
   * How the export ended.
   *
   * @param stopped why reading ended before the last page; null if it did not
   */
  public record End(ExitCode exitCode, @Nullable String stopped, long accounts) {}

  private final StateStore store;
  private final Workspace workspace;
  private final Clock clock;
  private final BiFunction<ClientSettings, CallHistory, SmartleadClient> clients;
  private final ClientHandle client = new ClientHandle();

  public AccountExport(StateStore store, Workspace workspace, Clock clock) {
    this(store, workspace, clock, SmartleadClient::create);
  }

  /** An export beside others, whose clients share a pool. */
  AccountExport(StateStore store, Workspace workspace, Clock clock, ClientPool pool) {
    this(store, workspace, clock, pool::create);
  }

  private AccountExport(
      StateStore store,
      Workspace workspace,
      Clock clock,
      BiFunction<ClientSettings, CallHistory, SmartleadClient> clients) {
    this.store = store;
    this.workspace = workspace;
    this.clock = clock;
    this.clients = clients;
  }

  /**
   * Reads until the list ends, the sink has enough, or somebody stops it.
   *
   * @param clientId only accounts of this client; null for all
   */
  public End execute(@Nullable Long clientId, Sink sink) throws IOException, InterruptedException {
    try (LoggedCalls calls = LoggedCalls.open(store, workspace, clock);
        SmartleadClient opened = clients.apply(workspace.client(), calls)) {
      client.publish(opened);
      Set<Long> seen = new HashSet<>();
      AccountListWalk walk = AccountListWalk.whole(clientId);
      AccountListReader list =
          new AccountListReader(opened, walk, accounts -> countUnseen(accounts, seen));
      for (AccountListWalk.Step page = list.read(); page != null; page = list.read()) {
        for (Account account : page.accounts()) {
          // Pages shift when accounts are added or deleted.
          if (seen.add(account.id())) {
            sink.accept(account);
          }
        }
        if (sink.hasEnough()) {
          break;
        }
      }
      if (list.unusable() != null) {
        return stopped(list.unusable(), opened.stopped(), seen.size());
      }
      return walk.fault() == null
          ? new End(ExitCode.OK, null, seen.size())
          : new End(
              ExitCode.STOPPED_EARLY,
              "the account list could not be read in full: " + walk.fault(),
              seen.size());
    }
  }

  private static int countUnseen(List<Account> accounts, Set<Long> seen) {
    return (int)
        accounts.stream().map(Account::id).distinct().filter(id -> !seen.contains(id)).count();
  }

  private End stopped(Answer answer, Optional<ClientStop> clientStop, long accounts) {
    if (answer instanceof Answer.Failed failed) {
      return new End(
          ExitCode.STOPPED_EARLY, "the accounts cannot be read: " + failed.message(), accounts);
    }
    RunEnd end = RunEnd.stopped(clientStop, client.askedToStop());
    return new End(end.exitCode(), end.stopped(), accounts);
  }

  /** Stops making calls. */
  public void stop(ExitCode signal) {
    stop(Stop.bySignal(signal));
  }

  void stop(Stop why) {
    client.stop(why);
  }
}
