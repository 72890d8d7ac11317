package io.github.smartleadbulk.run;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.DamagedText;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.WorkspaceAccount;
import io.github.smartleadbulk.account.WorkspaceNames;
import io.github.smartleadbulk.account.ZeroLimit;
import io.github.smartleadbulk.fill.Fills;
import io.github.smartleadbulk.input.DuplicatePolicy;
import io.github.smartleadbulk.input.InputOptions;
import io.github.smartleadbulk.result.ByteOrderMark;
import io.github.smartleadbulk.result.WorkspaceColumn;
import io.github.smartleadbulk.run.RunRequest.InputSource;
import io.github.smartleadbulk.run.RunRequest.InputWriter;
import io.github.smartleadbulk.run.RunRequest.OnUnfinished;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.RunStatus;
import io.github.smartleadbulk.state.StateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes runs that follow an earlier one: they retry its rows, apply its plan or undo its changes.
 */
public final class FollowUps {

  private final StateStore store;
  private final RunTerms terms;
  private final RunPreparation preparation;

  public FollowUps(StateStore store, Clock clock, RunTerms terms) {
    this.store = store;
    this.terms = terms;
    this.preparation = new RunPreparation(store, clock, terms);
  }

  /**
   * Prepares a new run over rows of an earlier run, with the same cells.
   *
   * @param workspace whose rows, in any letter case; null for those of all workspaces
   * @param chosen selects rows by their outcome
   * @throws RunRefusedException if the earlier run is not finished, belongs to another target or
   *     has no matching rows
   */
  public PreparedRun retry(
      int number, RunPlace place, @Nullable String workspace, Predicate<RowOutcome> chosen)
      throws IOException {
    RunRecord run = finished(number, place, workspace);
    checkSent(run, "retry");
    SelectedRows rows =
        new SelectedRows(
            RunPreparation.input(run, RunFiles.of(store, run)), store.outcomes(), number);
    RunOptions options = RunOptions.parse(run.spec().options());
    Supersession supersession = new Supersession(store, run);
    return preparation.prepare(
        request(
            "retry",
            "rows of run " + number,
            copy -> {
              long written =
                  rows.writeTo(
                      copy,
                      chosen.and(outcome -> isOf(workspace, outcome.workspace())),
                      ByteOrderMark.NONE,
                      (row, outcome) -> {
                        if (outcome.accountId() != null) {
                          supersession.add(
                              new WorkspaceAccount(outcome.workspace(), outcome.accountId()),
                              options.fieldsSet(row));
                        }
                      });
              if (written == 0) {
                throw new RunRefusedException("run %d has no matching rows".formatted(number));
              }
            },
            options,
            place,
            number),
        new RunPreparation.Inheritance(
            StoredGuards.among(run.spec().options()).ofRows(run.rows() == null ? 0 : run.rows()),
            () -> superseded(run, options, supersession)));
  }

  private static void checkSent(RunRecord run, String what) {
    if (run.spec().isPlan()) {
      throw new RunRefusedException(
          "run %d is %s: it has sent nothing, so there is nothing to %s"
              .formatted(
                  run.id(),
                  run.spec().planOf().map("a dry run of "::concat).orElse("a plan"),
                  what));
    }
  }

  private Optional<String> superseded(
      RunRecord run, RunOptions options, Supersession supersession) {
    return preparation
        .laterRamp(run, options)
        .map(later -> "run %d was the ramp of a later day".formatted(later.id()))
        .or(() -> supersession.result("rows to retry"))
        .map(
            why ->
                "run %d is superseded: %s. Nothing was sent. To retry its rows anyway: %s"
                    .formatted(
                        run.id(),
                        why,
                        terms.invocation().of("retry " + run.id() + " --resume-stale")));
  }

  /**
   * Prepares a run that applies a plan and leaves accounts alone that have changed since.
   *
   * @throws RunRefusedException if there is no such plan, it is not finished or belongs to another
   *     target
   */
  public PreparedRun apply(int number, RunPlace place, OnUnfinished onUnfinished)
      throws IOException {
    RunRecord plan = finished(number, place, null);
    if (!plan.spec().isPlan()) {
      throw new RunRefusedException(
          "run %d is not a plan: its command was %s".formatted(number, plan.spec().commandShown()));
    }
    if (!isApplicable(plan)) {
      throw new RunRefusedException(
          "run %d is a dry run of %s, which --plan cannot apply. Give its command again without --dry-run"
              .formatted(number, plan.spec().planOf().orElseThrow()));
    }
    if (plan.status() != RunStatus.FINISHED) {
      throw new RunRefusedException(
          "run %d is not a complete plan: its status is %s".formatted(number, plan.status()));
    }
    RunOptions options = RunOptions.parse(plan.spec().options());
    return preparation.prepare(
        new RunRequest(
            "update",
            plan.spec().inputName(),
            null,
            InputSource.of(() -> Files.newInputStream(RunFiles.of(store, plan).input())),
            options.on(new ComparedRun(ComparedRun.Kind.PLAN, number), options.force()),
            place,
            onUnfinished,
            number),
        new RunPreparation.Inheritance(
            // A dry run has the guards of the command whose changes it shows.
            StoredGuards.among(plan.spec().options()), Optional::empty));
  }

  /**
   * Whether {@code update --plan} can apply a run: a plan, or a dry run whose rows do not depend on
   * an earlier run or on limits that stay.
   */
  public static boolean isApplicable(RunRecord run) {
    return run.spec().isPlan()
        && run.spec().planOf().map("update"::equals).orElse(true)
        && RunOptions.parse(run.spec().options()).comparedRun() == null;
  }

  /**
   * What a rollback restores.
   *
   * @param fields empty for all
   * @param accounts the ids of the accounts, in each workspace; empty for all
   * @param workspace whose accounts, in any letter case; null for those of all workspaces
   */
  public record Restored(Set<AccountField> fields, Set<Long> accounts, @Nullable String workspace) {

    public static final Restored ALL = new Restored(Set.of(), Set.of(), null);

    boolean has(WorkspaceAccount account) {
      return (accounts.isEmpty() || accounts.contains(account.id()))
          && isOf(workspace, account.workspace());
    }
  }

  /**
   * Prepares a run that restores the values that an earlier run has changed.
   *
   * @param chosen the values to restore
   * @param force whether to restore values too that somebody has changed since
   * @throws RunRefusedException if the earlier run has changed none of these values
   */
  public PreparedRun rollBack(int number, RunPlace place, Restored chosen, boolean force)
      throws IOException {
    RunRecord run = claim(preparation.find(number), place, chosen.workspace());
    checkSent(run, "roll back");
    Set<AccountField> fields = store.outcomes().changedFields(number);
    if (!chosen.fields().isEmpty()) {
      fields.retainAll(chosen.fields());
    }
    RunOptions ofRun = RunOptions.parse(run.spec().options());
    WorkspaceNames workspaces = ofRun.input().workspaces();
    InputOptions input =
        new InputOptions(
                null, ',', Set.of(), ZeroLimit.ALLOWED, DuplicatePolicy.REFUSE, Long.MAX_VALUE)
            // A rollback restores what was there before, whatever it looks like.
            .with(DamagedText.ALLOWED)
            .with(workspaces);
    return preparation.prepare(
        request(
            "rollback",
            "values before run " + number,
            copy -> writeValuesBefore(number, copy, fields, chosen, workspaces.usual()),
            new RunOptions(
                input,
                force,
                new ComparedRun(ComparedRun.Kind.ROLLBACK, number),
                false,
                Fills.none(),
                ofRun.excel(),
                null,
                null),
            place,
            number));
  }

  private void writeValuesBefore(
      int number, Path copy, Set<AccountField> fields, Restored chosen, String usualWorkspace)
      throws IOException {
    boolean inOthers =
        store.outcomes().changedWorkspaces(number).stream()
            .filter(workspace -> isOf(chosen.workspace(), workspace))
            .anyMatch(workspace -> !workspace.equals(usualWorkspace));
    Set<Long> missing = new HashSet<>(chosen.accounts());
    long written =
        fields.isEmpty()
            ? 0
            : new ValuesBefore(store.outcomes(), number)
                .writeTo(
                    copy,
                    fields,
                    account -> {
                      boolean isChosen = chosen.has(account);
                      if (isChosen) {
                        missing.remove(account.id());
                      }
                      return isChosen;
                    },
                    WorkspaceColumn.of(inOthers),
                    ByteOrderMark.NONE);
    if (written == 0) {
      throw new RunRefusedException(
          "run %d has changed %s"
              .formatted(
                  number,
                  chosen.equals(Restored.ALL) ? "nothing" : "nothing that these options select"));
    }
    if (!missing.isEmpty()) {
      throw new RunRefusedException(
          "run %d has not changed the accounts %s".formatted(number, missing));
    }
  }

  private static boolean isOf(@Nullable String wanted, String workspace) {
    return wanted == null || wanted.equalsIgnoreCase(workspace);
  }

  /**
   * Takes the workspaces whose rows a run takes up again, before its rows are read: another process
   * may work on the run until then.
   *
   * @param workspace the only one of them; null for all
   * @return the run as it is now
   * @throws RunRefusedException if the run has no rows for it
   */
  private RunRecord claim(RunRecord run, RunPlace place, @Nullable String workspace) {
    if (workspace != null && !run.spec().isFor(workspace)) {
      throw new RunRefusedException(
          "run %d has no rows for the workspace %s: its rows are for %s"
              .formatted(
                  run.id(),
                  workspace,
                  run.spec().namesWorkspaces()
                      ? run.spec().workspacesShown()
                      : WorkspaceNames.DEFAULT));
    }
    preparation.claim(RunPreparation.open(run, place, name -> isOf(workspace, name)));
    return preparation.find(run.id());
  }

  private RunRecord finished(int number, RunPlace place, @Nullable String workspace) {
    RunRecord run = preparation.find(number);
    if (run.status().isResumable()) {
      throw new RunRefusedException(
          "run %d is unfinished. Resume it first: %s"
              .formatted(number, terms.invocation().of("resume " + number)));
    }
    return claim(run, place, workspace);
  }

  private static RunRequest request(
      String command,
      String name,
      InputWriter rows,
      RunOptions options,
      RunPlace place,
      int origin) {
    return new RunRequest(
        command,
        name,
        null,
        InputSource.written(rows),
        options,
        place,
        OnUnfinished.RESUME,
        origin);
  }
}
