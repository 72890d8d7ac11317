package io.github.smartleadbulk.page;

import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.WorkspaceAccount;
import io.github.smartleadbulk.history.RunDetails.NextStep;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.run.PlanTotals;
import io.github.smartleadbulk.run.RunListener;
import io.github.smartleadbulk.run.RunResult;
import io.github.smartleadbulk.state.RunSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A plan to sign off: what would change, what the guards say, and each change with its accounts.
 * Listens to the run that makes the plan. Not thread-safe.
 */
public final class ReviewPage extends Page implements RunListener, AutoCloseable {

  /** How many warnings and problems to show. Standard error has all of them. */
  private static final int MOST_NOTES = 100;

  private final ChangeGroups changes = new ChangeGroups(room());
  private final LimitHistogram limits = new LimitHistogram();
  private final Notes warnings = new Notes();
  private final Notes objections = new Notes();
  private final Notes problems = new Notes();
  private @Nullable RunResult result;
  private @Nullable NextStep apply;
  private boolean asksGuards;
  private OptionalLong fleetLimit = OptionalLong.empty();

  /** Sentences, up to a bound. */
  static final class Notes {

    private final List<String> lines = new ArrayList<>();
    private long all;

    private void add(String line) {
      all++;
      if (lines.size() < MOST_NOTES) {
        lines.add(line);
      }
    }

    public boolean isEmpty() {
      return all == 0;
    }

    public List<String> lines() {
      return lines;
    }

    /** How many are not shown; null for none. */
    public @Nullable String omitted() {
      return all == lines.size() ? null : Figures.number(all - lines.size());
    }
  }

  @Override
  public void warning(String message) {
    warnings.add(message);
  }

  @Override
  public void wouldStop(String why) {
    objections.add(why);
  }

  @Override
  public void invalidRow(InputRow row) {
    problems.add(row.message());
  }

  @Override
  public void wouldFail(RowOutcome outcome) {
    problems.add("line %d: cannot be sent: %s".formatted(outcome.line(), outcome.message()));
  }

  @Override
  public void wouldKeep(RowOutcome outcome) {
    problems.add("line %d: kept: %s".formatted(outcome.line(), outcome.message()));
  }

  @Override
  public void planned(InputRow row, long accountId, @Nullable String fromEmail, Changes ofRow) {
    changes.add(
        row.row().line(), new WorkspaceAccount(row.workspace(), accountId), fromEmail, ofRow);
    limits.add(ofRow);
  }

  /**
   * Writes the page at the end of the run.
   *
   * @param applyStep how to make the changes; null if there is no such command
   * @param guardsAsked whether the run evaluated the guards
   * @param limitOfAllAccounts the total daily limit of all accounts; empty if it is not known
   */
  public void writeTo(
      Path path,
      RunResult end,
      @Nullable NextStep applyStep,
      boolean guardsAsked,
      OptionalLong limitOfAllAccounts) {
    result = end;
    apply = applyStep;
    asksGuards = guardsAsked;
    fleetLimit = limitOfAllAccounts;
    writeTo(path);
  }

  @Override
  String template() {
    return "review";
  }

  @Override
  public String title() {
    return "Plan %d: %s".formatted(result().summary().run(), result().summary().input());
  }

  private RunResult result() {
    if (result == null) {
      throw new IllegalStateException("the plan has not ended");
    }
    return result;
  }

  public String subtitle() {
    String command = result().summary().command();
    return "What %s would change at %s. As of %s."
        .formatted(
            command.equals(RunSpec.PLAN) ? "update" : command.replace(" --dry-run", ""),
            result().summary().target(),
            Figures.time(result().summary().startedAt()));
  }

  /** Why there is no plan; null if there is one. */
  public @Nullable String stopped() {
    return result().summary().stopped();
  }

  public List<Card> cards() {
    PlanTotals totals = result().plan();
    List<Card> cards = new ArrayList<>();
    if (totals == null) {
      return cards;
    }
    cards.add(new Card("Accounts to change", Figures.number(totals.calls())));
    totals
        .changesByField()
        .forEach(
            (field, accounts) -> cards.add(new Card(field.apiName(), Figures.number(accounts))));
    cards.add(new Card("Calls", Figures.number(totals.calls())));
    if (totals.calls() > 0) {
      cards.add(
          new Card(
              "Time within the limits",
              Figures.duration(Duration.between(totals.begins(), totals.ends()))));
      cards.add(new Card("Finished, if started now", Figures.time(totals.ends())));
    }
    cards.add(new Card("Rows", Figures.number(totals.rows())));
    totals
        .otherRowsByStatus()
        .forEach((status, rows) -> cards.add(new Card("Rows " + status, Figures.number(rows))));
    return cards;
  }

  public Notes warnings() {
    return warnings;
  }

  public Notes objections() {
    return objections;
  }

  public Notes problems() {
    return problems;
  }

  public boolean asksGuards() {
    return asksGuards;
  }

  public LimitHistogram limits() {
    return limits;
  }

  /** The total daily limit of all accounts, before and after; null if it is not known. */
  public @Nullable String fleet() {
    return fleetLimit.isPresent()
        ? Figures.number(fleetLimit.getAsLong())
            + " → "
            + Figures.number(fleetLimit.getAsLong() + limits.added())
        : null;
  }

  public ChangeGroups changes() {
    return changes;
  }

  /** The file that has the changes for which the page has no room. */
  public String omittedAreIn() {
    Path plan = result().summary().files().get("plan");
    return plan == null ? "plan.csv" : String.valueOf(plan.getFileName());
  }

  public @Nullable NextStep apply() {
    return apply;
  }

  @Override
  public void close() {
    changes.close();
  }
}
