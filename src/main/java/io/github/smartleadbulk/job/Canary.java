package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.Account;
import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.Amount;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.api.Answer;
import io.github.smartleadbulk.plan.Difference;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.Stop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Reads the accounts of a workspace's first rows back through the API before its other rows are
 * sent. For one thread at a time.
 */
final class Canary {

  private record Sent(PlannedRow.ToSend planned, CompletableFuture<Optional<RowOutcome>> outcome) {}

  private final RunContext context;
  private final OpenWorkspace workspace;
  private final Executor executor;
  private final int rows;
  private final List<Sent> sent = new ArrayList<>();
  private boolean over;
  private volatile boolean checking;

  /**
   * @param executor for what follows answers
   */
  Canary(RunContext context, OpenWorkspace workspace, Executor executor) {
    this.context = context;
    this.workspace = workspace;
    this.executor = executor;
    this.rows = context.guards(workspace).canary();
    // What an earlier process has read back need not be read back again.
    this.over = rows <= workspace.canary();
  }

  /** Whether rows are being read back, so that no other may be sent. */
  boolean isChecking() {
    return checking;
  }

  /**
   * Notes a row that was sent. After the last of the first rows, checks all of them.
   *
   * @param whenChecked runs after the check
   */
  void sent(
      PlannedRow.ToSend planned,
      CompletableFuture<Optional<RowOutcome>> outcome,
      Runnable whenChecked) {
    if (!over) {
      sent.add(new Sent(planned, outcome));
      if (sent.size() == rows) {
        check(whenChecked);
      }
    }
  }

  /**
   * Checks the rows of a workspace that has no more than the first ones.
   *
   * @param whenChecked runs after the check, if there is one
   * @return whether there is nothing to check
   */
  boolean end(Runnable whenChecked) {
    if (over || sent.isEmpty()) {
      return true;
    }
    check(whenChecked);
    return false;
  }

  private void check(Runnable whenChecked) {
    over = true;
    checking = true;
    CompletableFuture<?> unused =
        check(0)
            .whenCompleteAsync(
                (matches, failure) -> {
                  if (failure == null && matches) {
                    passed();
                  }
                  checking = false;
                  whenChecked.run();
                },
                executor);
  }

  /** Whether the row at an index and those after it match. */
  private CompletableFuture<Boolean> check(int index) {
    if (index == sent.size()) {
      return CompletableFuture.completedFuture(true);
    }
    Sent row = sent.get(index);
    return row.outcome()
        .thenCompose(
            outcome ->
                // Something else stopped the workspace.
                outcome.isEmpty()
                    ? CompletableFuture.completedFuture(false)
                    : objection(row, outcome.get())
                        .thenComposeAsync(
                            objection -> {
                              if (objection.isPresent()) {
                                stop(row, objection.get());
                              }
                              return objection.isPresent() || workspace.isStopped()
                                  ? CompletableFuture.completedFuture(false)
                                  : check(index + 1);
                            },
                            executor));
  }

  private void stop(Sent row, String objection) {
    workspace.stop(
        new Stop(
            ExitCode.GUARD,
            "guard --canary %d: line %d, account %d: %s. The other rows were not sent"
                .formatted(
                    rows,
                    row.planned().row().row().line(),
                    row.planned().update().accountId(),
                    objection)));
  }

  private void passed() {
    context.store().runs().canaryPassed(context.run(), workspace.place(), sent.size());
    workspace.canaryPassed(sent.size());
    context
        .listener()
        .note(
            "Canary passed%s: %s read back, and all match."
                .formatted(
                    context.suffix(workspace), Amount.of(sent.size(), "row", "was", "were")));
    sent.clear();
  }

  /** What is wrong with a row or its account; empty for nothing. */
  private CompletableFuture<Optional<String>> objection(Sent row, RowOutcome outcome) {
    if (outcome.status() != RowStatus.UPDATED) {
      return CompletableFuture.completedFuture(
          Optional.of("the row is " + outcome.status() + ": " + outcome.message()));
    }
    return workspace
        .client()
        .read(row.planned().update().accountId())
        .thenApply(
            answer -> Optional.ofNullable(compare(row.planned().update().valuesByField(), answer)));
  }

  private static @Nullable String compare(Map<AccountField, SettingValue> wanted, Answer answer) {
    if (answer instanceof Answer.Listed listed && !listed.accounts().isEmpty()) {
      return compare(wanted, listed.accounts().get(0));
    }
    return answer instanceof Answer.Failed failed
        ? "the account cannot be read back: " + failed.message()
        : answer instanceof Answer.Listed
            ? "the account cannot be read back: the answer is empty"
            : null;
  }

  /** Ignores fields that the API does not return. */
  private static @Nullable String compare(Map<AccountField, SettingValue> wanted, Account account) {
    for (Map.Entry<AccountField, SettingValue> entry : wanted.entrySet()) {
      SettingValue now = account.valuesByField().get(entry.getKey());
      if (now != null && !entry.getKey().isSame(now, entry.getValue())) {
        Difference difference = Difference.of(now, entry.getValue());
        return "%s is %s, but %s was sent"
            .formatted(entry.getKey().apiName(), difference.before(), difference.after());
      }
    }
    return null;
  }
}
