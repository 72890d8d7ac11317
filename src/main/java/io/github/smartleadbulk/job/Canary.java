package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.Account;
import io.github.smartleadbulk.account.AccountField;
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
import org.jspecify.annotations.Nullable;

/**
 * Reads the accounts of a run's first rows back through the API before the other rows are sent. For
 * one thread.
 */
final class Canary {

  private record Sent(PlannedRow.ToSend planned, CompletableFuture<Optional<RowOutcome>> outcome) {}

  private final RunContext context;
  private final int rows;
  private final List<Sent> sent = new ArrayList<>();
  private boolean over;

  Canary(RunContext context) {
    this.context = context;
    this.rows = context.settings().guards().canary();
    // What an earlier process has read back need not be read back again.
    this.over = rows <= context.prepared().run().canary();
  }

  /** Notes a row that was sent. After the last of the first rows, checks all of them. */
  void sent(PlannedRow.ToSend planned, CompletableFuture<Optional<RowOutcome>> outcome)
      throws InterruptedException {
    if (!over) {
      sent.add(new Sent(planned, outcome));
      if (sent.size() == rows) {
        check();
      }
    }
  }

  /**
   * Checks the rows of an input that has no more than the first ones.
   *
   * @return false if one of them does not match
   */
  boolean end() throws InterruptedException {
    return over || sent.isEmpty() || check();
  }

  /** Returns false if a row does not match. */
  private boolean check() throws InterruptedException {
    over = true;
    for (Sent row : sent) {
      Optional<RowOutcome> outcome = Answers.await(row.outcome());
      if (outcome.isEmpty()) {
        // Something else stopped the run.
        return true;
      }
      String objection =
          outcome.get().status() == RowStatus.UPDATED
              ? readBack(row)
              : "the row is " + outcome.get().status() + ": " + outcome.get().message();
      if (objection != null) {
        context.stop(
            new Stop(
                ExitCode.GUARD,
                "guard --canary %d: line %d, account %d: %s. The other rows were not sent"
                    .formatted(
                        rows,
                        row.planned().row().row().line(),
                        row.planned().update().accountId(),
                        objection)));
        return false;
      }
      if (context.client().stopped().isPresent()) {
        return true;
      }
    }
    context.store().runs().canaryPassed(context.run(), sent.size());
    context
        .listener()
        .note("Canary passed: %s read back, and all match.".formatted(rowsRead(sent.size())));
    sent.clear();
    return true;
  }

  /** What is wrong with the account as it is now; null for nothing. */
  private @Nullable String readBack(Sent row) throws InterruptedException {
    Answer answer = Answers.await(context.client().read(row.planned().update().accountId()));
    if (answer instanceof Answer.Listed listed && !listed.accounts().isEmpty()) {
      return compare(row.planned().update().valuesByField(), listed.accounts().get(0));
    }
    return answer instanceof Answer.Failed failed
        ? "the account cannot be read back: " + failed.message()
        : answer instanceof Answer.Listed
            ? "the account cannot be read back: the answer is empty"
            : null;
  }

  private static String rowsRead(int count) {
    return count == 1 ? "1 row was" : count + " rows were";
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
