package io.github.smartleadbulk.run;

import io.github.smartleadbulk.account.Amount;
import io.github.smartleadbulk.account.WorkspaceAccount;
import io.github.smartleadbulk.csv.InputException;
import io.github.smartleadbulk.file.Fingerprint;
import io.github.smartleadbulk.file.PrivateFiles;
import io.github.smartleadbulk.input.Column;
import io.github.smartleadbulk.input.Duplicates;
import io.github.smartleadbulk.input.InputFile;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.input.InputRows;
import io.github.smartleadbulk.result.ResultsFile;
import io.github.smartleadbulk.run.RunRequest.OnUnfinished;
import io.github.smartleadbulk.state.JournalledRun;
import io.github.smartleadbulk.state.RowCounts;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.RunSpec;
import io.github.smartleadbulk.state.RunStatus;
import io.github.smartleadbulk.state.Runs;
import io.github.smartleadbulk.state.StateStore;
import io.github.smartleadbulk.store.ReadOnlyFolder;
import io.github.smartleadbulk.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decides whether an input starts a new run, resumes a run or is refused. */
public final class RunPreparation {

  private final StateStore store;
  private final Runs runs;
  private final Clock clock;
  private final RunTerms terms;

  public RunPreparation(StateStore store, Clock clock, RunTerms terms) {
    this.store = store;
    this.runs = store.runs();
    this.clock = clock;
    this.terms = terms;
  }

  /**
   * What a run has from the one whose rows it takes up again.
   *
   * @param superseded why those rows are out of date, once the input is written
   */
  record Inheritance(StoredGuards guards, Supplier<Optional<String>> superseded) {}

  /**
   * Prepares the run for an input. If the newest run with the same content, target and key is
   * unfinished, that run is resumed; otherwise a new run starts.
   *
   * @throws io.github.smartleadbulk.csv.InputException if the input is refused at its header
   * @throws RunRefusedException if the file has changed since its unfinished run
   * @throws UnfinishedRunException if there is an unfinished run and the request leaves it alone
   */
  public PreparedRun prepare(RunRequest request) throws IOException {
    return prepare(request, new Inheritance(StoredGuards.none(), Optional::empty));
  }

  PreparedRun prepare(RunRequest request, Inheritance inheritance) throws IOException {
    checkComparedRun(request.options());
    checkResults(request.command().equals(RunSpec.PLAN), request.place(), request.path());
    Path copy = store.ownFolder().resolve("incoming.csv");
    try {
      PrivateFiles.createFolder(store.ownFolder());
      String fingerprint = request.input().copyTo(copy, request.name(), request.options());
      InputFile input = request.options().open(copy, request.name());
      checkRows(request, input);
      List<Workspace> workspaces = workspaces(input, request.place());
      claim(workspaces);
      RunSpec spec = spec(request, input, fingerprint, workspaces, inheritance.guards());
      if (terms.dryRun()) {
        return dryRun(request, copy, spec, workspaces, inheritance);
      }
      Optional<RunRecord> unfinished = unfinished(spec);
      Optional<RunRecord> changed = changed(spec);
      // An unfinished plan has sent nothing, so it does not matter.
      boolean outdatedPlan =
          spec.isPlan()
              && (changed.isPresent()
                  || unfinished.filter(run -> !isSamePlan(run, spec)).isPresent());
      if (request.onUnfinished() == OnUnfinished.FRESH || outdatedPlan) {
        unfinished.ifPresent(this::abandon);
        changed.ifPresent(this::abandon);
        return begin(request, copy, spec, workspaces, Optional.empty());
      }
      if (request.onUnfinished() == OnUnfinished.SKIP) {
        changed.or(() -> unfinished).ifPresent(run -> leaveAlone(request, run));
      }
      if (changed.isPresent()) {
        throw new RunRefusedException(changed(request, changed.get()));
      }
      if (unfinished.isEmpty()) {
        checkSuperseded(inheritance);
        return begin(request, copy, spec, workspaces, Optional.empty());
      }
      checkSameOptions(unfinished.get(), spec);
      return reopen(unfinished.get(), request.place());
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  /** What was decided from the history stays true, because nobody else works on the accounts. */
  void claim(List<Workspace> workspaces) {
    store.claim(workspaces.stream().map(Workspace::recorded).toList());
  }

  private Optional<RunRecord> unfinished(RunSpec spec) {
    return runs.findNewestOfContent(spec).filter(run -> run.status().isResumable());
  }

  /** The unfinished run of the same file with other content. */
  private Optional<RunRecord> changed(RunSpec spec) {
    return runs.findNewestOfPath(spec)
        .filter(run -> run.status().isResumable())
        .filter(run -> !run.spec().fingerprint().equals(spec.fingerprint()))
        .filter(run -> !store.isShared() || hasKeyOf(run, spec));
  }

  /** On two machines, files with the same path are not the same file if they are for other keys. */
  private static boolean hasKeyOf(RunRecord run, RunSpec spec) {
    return run.spec().workspaces().stream()
        .map(RunSpec.Workspace::keyHash)
        .anyMatch(
            key ->
                spec.workspaces().stream().anyMatch(workspace -> workspace.keyHash().equals(key)));
  }

  private void checkSuperseded(Inheritance inheritance) {
    Optional<String> superseded =
        terms.resumesStale() ? Optional.empty() : inheritance.superseded().get();
    if (superseded.isPresent()) {
      throw new RunRefusedException(superseded.get());
    }
  }

  private static boolean isSamePlan(RunRecord run, RunSpec spec) {
    return hasOptionsOf(run, spec) && run.spec().commandShown().equals(spec.commandShown());
  }

  /** Begins a run that only shows what the request would change. It leaves all other runs alone. */
  private PreparedRun dryRun(
      RunRequest request,
      Path copy,
      RunSpec spec,
      List<Workspace> workspaces,
      Inheritance inheritance)
      throws IOException {
    Optional<String> insteadOf = insteadOf(request, spec);
    if (insteadOf.isEmpty()) {
      checkSuperseded(inheritance);
    }
    RunSpec dry = spec.asDryRun();
    // An unfinished plan has sent nothing, so it does not matter.
    unfinished(dry).ifPresent(this::abandon);
    changed(dry).ifPresent(this::abandon);
    return begin(request, copy, dry, workspaces, insteadOf);
  }

  private Optional<String> insteadOf(RunRequest request, RunSpec spec) throws IOException {
    Optional<RunRecord> changed = changed(spec);
    Optional<RunRecord> found = changed.or(() -> unfinished(spec));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    RunRecord run = found.get();
    String would;
    if (request.onUnfinished() == OnUnfinished.FRESH) {
      would = "abandons that run and starts again";
    } else if (request.onUnfinished() == OnUnfinished.SKIP) {
      would = "does nothing";
    } else if (changed.isPresent()) {
      would =
          "is refused, because the file has changed since that run (to start again, add --fresh)";
    } else if (!hasOptionsOf(run, spec)) {
      would = "is refused, because that run has other options (to start again, add --fresh)";
    } else if (!terms.resumesStale() && superseded(run).isPresent()) {
      would = "is refused, because that run is superseded (to resume it, add --resume-stale)";
    } else {
      would = "resumes that run";
    }
    return Optional.of(
        "run %d of %s is unfinished. Without --dry-run, this command %s"
            .formatted(run.id(), request.name(), would));
  }

  /**
   * Finds the run to resume: of those that are unfinished and that nobody works on or will, the
   * newest that no later run supersedes.
   *
   * @param passedOver takes a sentence for each run that is superseded
   * @throws RunRefusedException if there is none
   */
  public RunRecord findToResume(Consumer<String> passedOver) throws IOException {
    RunRecord newest = null;
    for (RunRecord run : runs.allResumable()) {
      if (store.isAtWork(run.id()) || store.isQueued(run.id())) {
        // Another process has it, or a worker will.
        continue;
      }
      Optional<String> why = superseded(run);
      if (why.isEmpty()) {
        return run;
      }
      newest = newest == null ? run : newest;
      passedOver.accept(
          "run %d is superseded and is not resumed: %s".formatted(run.id(), why.get()));
    }
    throw new RunRefusedException(
        newest == null
            ? "there is no unfinished run to resume"
            : "all unfinished runs are superseded. To resume the newest anyway: "
                + terms.invocation().of("resume " + newest.id() + " --resume-stale"));
  }

  /**
   * Resumes an unfinished run with the copy of its input.
   *
   * @throws RunRefusedException if the run is not unfinished, belongs to another target, or is
   *     superseded
   */
  public PreparedRun resume(RunRecord run, RunPlace place) throws IOException {
    checkResumable(run);
    claim(open(run, place));
    // Another process may have ended it meanwhile.
    RunRecord now = find(run.id());
    checkResumable(now);
    return reopen(now, place);
  }

  /**
   * Prepares to send a part of a run that another process has, for that process. Call when this one
   * has the part, so that nothing of it changes any more.
   *
   * @throws RunRefusedException if a workspace has another target than that of the run
   */
  public PreparedRun join(RunRecord run, RunPlace place) throws IOException {
    List<Workspace> workspaces = open(run, place);
    checkCopy(run, RunFiles.of(store, run).input());
    return prepared(run.id(), workspaces, true, store.journalled(run.id()), Optional.empty());
  }

  private static void checkResumable(RunRecord run) {
    if (!run.status().isResumable()) {
      throw new RunRefusedException(
          "run %d is %s: there is nothing to resume".formatted(run.id(), run.status()));
    }
  }

  /**
   * Opens the workspaces of a run.
   *
   * @throws RunRefusedException if one has another target than then
   */
  static List<Workspace> open(RunRecord run, RunPlace place) {
    return open(run, place, name -> true);
  }

  /** Opens some workspaces of an earlier run, chosen by name. */
  static List<Workspace> open(RunRecord run, RunPlace place, Predicate<String> chosen) {
    List<Workspace> opened = new ArrayList<>();
    for (RunSpec.Workspace then : run.spec().workspaces()) {
      if (!chosen.test(then.name())) {
        continue;
      }
      Workspace now = place.workspaces().open(then.name());
      if (!now.target().equals(then.target())) {
        throw new RunRefusedException(
            "run %d was made against %s%s and cannot be continued against %s"
                .formatted(
                    run.id(),
                    then.target(),
                    run.spec().workspaces().size() == 1 ? "" : " for the workspace " + then.name(),
                    now.target()));
      }
      checkKey(run, now);
      opened.add(now);
    }
    refuseSharedKey(opened);
    return opened;
  }

  /** With a key of another workspace, values would go to accounts that they are not for. */
  private static void checkKey(RunRecord run, Workspace now) {
    for (RunSpec.Workspace other : run.spec().workspaces()) {
      if (!other.name().equals(now.name()) && other.caller().equals(now.recorded().caller())) {
        throw new RunRefusedException(
            "the workspace %s has the API key that the workspace %s had in run %d. Nothing was sent. Check the key files"
                .formatted(now.name(), other.name(), run.id()));
      }
    }
  }

  /**
   * Checks that workspaces can be used at the same time.
   *
   * @throws RunRefusedException if two have the same key for the same target
   */
  public static void refuseSharedKey(List<Workspace> opened) {
    Workspace.sharedKey(opened)
        .ifPresent(
            why -> {
              throw new RunRefusedException(why);
            });
  }

  /** Opens the workspaces that rows of an input are for. */
  private static List<Workspace> workspaces(InputFile input, RunPlace place) throws IOException {
    List<Workspace> opened = input.workspaces().stream().map(place.workspaces()::open).toList();
    refuseSharedKey(opened);
    return opened;
  }

  /** Without the earlier run, this run would change accounts unchecked. */
  private void checkComparedRun(RunOptions options) {
    ComparedRun comparedRun = options.comparedRun();
    if (comparedRun != null && runs.find(comparedRun.run()).isEmpty()) {
      throw new RunRefusedException(
          "run %d is no longer on record, but its accounts are needed for comparison"
              .formatted(comparedRun.run()));
    }
    if (comparedRun != null
        && comparedRun.kind() == ComparedRun.Kind.PLAN
        && !store.snapshots().hasLists(comparedRun.run())) {
      throw new RunRefusedException(
          "the accounts that plan %d has read are no longer on record: make the plan again"
              .formatted(comparedRun.run()));
    }
  }

  /**
   * Finds a run by its number.
   *
   * @throws RunRefusedException if there is none
   */
  public RunRecord find(int number) {
    return runs.find(number)
        .orElseThrow(() -> new RunRefusedException("there is no run " + number));
  }

  private void checkResults(boolean plan, RunPlace place, @Nullable Path input) throws IOException {
    if (place.results() != null) {
      OutputPath.check(plan, place.results(), input, store.folder());
    }
  }

  /** A broken export must not look like a successful night. */
  private static void checkRows(RunRequest request, InputFile input) throws IOException {
    if (!request.options().input().emptyAllowed() && !input.hasRows()) {
      throw new InputException(InputFile.withoutRows(request.name()));
    }
  }

  private RunSpec spec(
      RunRequest request,
      InputFile input,
      String fingerprint,
      List<Workspace> workspaces,
      StoredGuards inherited) {
    Map<String, String> options = new TreeMap<>(request.options().stored());
    if (terms.profile() != null) {
      options.put(RunOptions.PROFILE, terms.profile());
    }
    if (!input.header().has(Column.WORKSPACE)) {
      // No row can use the names.
      options.remove(RunOptions.WORKSPACES);
    }
    options.putAll(
        terms
            .guards()
            .with(inherited)
            .with(terms.given())
            .ofWorkspaces(workspaces.stream().map(Workspace::name).toList())
            .valueByOption());
    return new RunSpec(
        request.command(),
        request.name(),
        request.path() == null ? null : request.path().toString(),
        fingerprint,
        workspaces.stream().map(Workspace::recorded).toList(),
        options,
        request.origin());
  }

  /**
   * Checks that a run is taken up again with the settings that it began with. Otherwise its rows
   * could be sent with the key of another client.
   *
   * @param profile in use; null for none
   * @throws RunRefusedException if the run has another profile
   */
  public static void checkProfile(RunRecord run, @Nullable String profile) {
    String then = run.spec().options().get(RunOptions.PROFILE);
    if (Objects.equals(then, profile)) {
      return;
    }
    throw new RunRefusedException(
        then == null
            ? "run %d was made without a profile, and the profile %s is set. Nothing was sent. To take up the run, leave out --profile and unset SMARTLEAD_PROFILE"
                .formatted(run.id(), profile)
            : "run %d was made with the profile %s, and %s. Nothing was sent. To take up the run, add --profile %s"
                .formatted(
                    run.id(),
                    then,
                    profile == null ? "none is set" : "the profile " + profile + " is set",
                    then));
  }

  private void abandon(RunRecord run) {
    runs.end(run.id(), RunStatus.ABANDONED, run.exitCode(), clock.instant());
  }

  private PreparedRun begin(
      RunRequest request,
      Path copy,
      RunSpec spec,
      List<Workspace> workspaces,
      Optional<String> insteadOf)
      throws IOException {
    // The folder is created first because a run on record must have its input.
    int number = store.nextNumber();
    Path folder = store.runFolder(number);
    try {
      PrivateFiles.createFolder(folder);
    } catch (IOException e) {
      throw ReadOnlyFolder.find(store.folder(), e).orElseThrow(() -> e);
    }
    PrivateFiles.move(copy, RunFiles.input(folder));
    // A dry run has no results, so the place for them stays as it is.
    String results = spec.planOf().isPresent() ? null : text(request.place().results());
    store.saveFiles(number);
    runs.create(number, spec, results, clock.instant());
    return prepared(number, workspaces, false, JournalledRun.ofNewRun(number), insteadOf);
  }

  private PreparedRun reopen(RunRecord run, RunPlace place) throws IOException {
    List<Workspace> workspaces = open(run, place);
    checkComparedRun(RunOptions.parse(run.spec().options()));
    checkCopy(run, RunFiles.of(store, run).input());
    JournalledRun journalled = store.journalled(run.id());
    String results = place.results() == null ? run.resultsPath() : text(place.results());
    if (results != null) {
      // The file may belong to somebody else by now.
      OutputPath.check(run.spec().isPlan(), Path.of(results), null, store.folder());
      if (results.equals(run.resultsPath()) && !run.spec().isPlan()) {
        checkOwnResults(run, Path.of(results), journalled);
      }
    }
    Optional<String> superseded =
        terms.resumesStale() ? Optional.empty() : superseded(run, () -> journalled);
    if (superseded.isPresent()) {
      throw new RunRefusedException(
          "run %d is superseded: %s. Nothing was sent. To start again with the file as it is now, add --fresh to its command. To resume the run anyway: %s"
              .formatted(
                  run.id(),
                  superseded.get(),
                  terms.invocation().of("resume " + run.id() + " --resume-stale")));
    }
    runs.reopen(
        run.id(),
        workspaces.stream().map(workspace -> workspace.recorded().keyHash()).toList(),
        results,
        changedGuards(run),
        clock.instant());
    return prepared(run.id(), workspaces, true, journalled, Optional.empty());
  }

  private static void checkCopy(RunRecord run, Path copy) throws IOException {
    if (!isUnchanged(copy, run)) {
      throw new RunRefusedException(
          "run %d cannot be resumed: its copy of the input, %s, is missing or was changed. To start again with the file as it is now, add --fresh"
              .formatted(run.id(), copy));
    }
  }

  /**
   * The guards that this process changes: those of the command line, and those of the config file
   * that the run does not have.
   *
   * @return the options to keep
   */
  private Map<String, String> changedGuards(RunRecord run) {
    StoredGuards present = StoredGuards.among(run.spec().options());
    StoredGuards looser = terms.given().looserThan(present);
    if (!looser.valueByOption().isEmpty() && !terms.passing()) {
      StoredGuards stricter = present.only(looser);
      throw new RunRefusedException(
          "run %d is unfinished and has stricter guards (%s) than this command. Nothing was sent. To resume it with your guard: %s"
              .formatted(
                  run.id(),
                  stricter.valueByOption().isEmpty() ? "without " + looser : stricter,
                  terms.invocation().of("resume " + run.id() + " " + looser)));
    }
    return ofWorkspaces(terms.guards(), run)
        .withoutPermissions()
        .with(present)
        // Whoever changes the guard of a workspace in the config file means it.
        .with(ofWorkspaces(terms.guards().ofSingleWorkspaces(), run))
        .with(terms.given())
        .without(present)
        .recorded(run.spec().options(), clock.instant());
  }

  private static StoredGuards ofWorkspaces(StoredGuards guards, RunRecord run) {
    return guards.ofWorkspaces(
        run.spec().workspaces().stream().map(RunSpec.Workspace::name).toList());
  }

  /**
   * Says why an unfinished run is out of date.
   *
   * @return empty if it can be resumed
   */
  public Optional<String> superseded(RunRecord run) throws IOException {
    return superseded(run, () -> store.journalled(run.id()));
  }

  /**
   * Why the rows that are left of a run are out of date; empty if they are not.
   *
   * @param journalled is asked only if there are later runs, since a journal may be long
   */
  private Optional<String> superseded(RunRecord run, Supplier<JournalledRun> journalled)
      throws IOException {
    if (run.spec().isPlan()) {
      return Optional.empty();
    }
    RunOptions options = RunOptions.parse(run.spec().options());
    Optional<RunRecord> later = laterRamp(run, options);
    if (later.isPresent()) {
      return Optional.of(
          "run %d was the ramp of a later day, and run %d has %s of its rows left"
              .formatted(
                  later.get().id(),
                  run.id(),
                  Amount.of(
                      run.rows() == null
                          ? 0
                          : run.rows() - RowCounts.sum(journalled.get().rowsByStatus()))));
    }
    Supersession supersession = new Supersession(store, run);
    if (!supersession.isPossible()) {
      return Optional.empty();
    }
    JournalledRun ended = journalled.get();
    try (RunAccounts accounts = RunAccounts.open(store, run);
        InputRows rows = input(run, RunFiles.of(store, run)).rows(Duplicates.none(), accounts)) {
      for (InputRow row = rows.read(); row != null; row = rows.read()) {
        if (row.accountId() != null && !ended.isEnded(row.row().number())) {
          supersession.add(
              new WorkspaceAccount(row.workspace(), row.accountId()), options.fieldsSet(row));
        }
      }
    }
    return supersession.result("rows that are left");
  }

  Optional<RunRecord> laterRamp(RunRecord run, RunOptions options) {
    RampDate ramp = options.ramp();
    if (ramp == null) {
      return Optional.empty();
    }
    return runs.sharing(run, RunOptions.RAMP_PLAN, RunOptions.RAMP_DAY).stream()
        .filter(
            other ->
                LocalDate.parse(other.spec().options().get(RunOptions.RAMP_DAY))
                    .isAfter(ramp.day()))
        .reduce((earlier, latest) -> latest);
  }

  /** The results of another run would look the same. */
  private static void checkOwnResults(RunRecord run, Path results, JournalledRun journalled)
      throws IOException {
    if (!ResultsFile.mayGoOn(results, journalled.written())) {
      throw new RunRefusedException(
          "%s no longer holds the results of run %d: give another file with --results"
              .formatted(results, run.id()));
    }
  }

  private PreparedRun prepared(
      int number,
      List<Workspace> workspaces,
      boolean resumed,
      JournalledRun journalled,
      Optional<String> insteadOf)
      throws IOException {
    RunRecord run = runs.find(number).orElseThrow();
    RunFiles files = RunFiles.of(store, run);
    return new PreparedRun(
        run,
        files,
        input(run, files),
        RunOptions.parse(run.spec().options()),
        workspaces,
        resumed,
        journalled,
        resumed ? runs.sentSince(run) : List.of(),
        insteadOf);
  }

  /** Opens the copy of a run's input. */
  public static InputFile inputOf(StateStore store, RunRecord run) throws IOException {
    return input(run, RunFiles.of(store, run));
  }

  /** Opens the copy of a run's input; empty if it is missing or was changed. */
  public static Optional<InputFile> unchangedInputOf(StateStore store, RunRecord run)
      throws IOException {
    RunFiles files = RunFiles.of(store, run);
    return isUnchanged(files.input(), run) ? Optional.of(input(run, files)) : Optional.empty();
  }

  private static boolean isUnchanged(Path copy, RunRecord run) throws IOException {
    return Files.exists(copy) && Fingerprint.of(copy).equals(run.spec().fingerprint());
  }

  static InputFile input(RunRecord run, RunFiles files) throws IOException {
    // Messages about lines must name a file that the user can open.
    String name =
        run.spec().inputPath() == null ? files.input().toString() : run.spec().inputName();
    return RunOptions.parse(run.spec().options()).open(files.input(), name);
  }

  private static boolean hasOptionsOf(RunRecord run, RunSpec spec) {
    return RunOptions.areSame(run.spec().options(), spec.options());
  }

  private void checkSameOptions(RunRecord run, RunSpec spec) {
    if (!hasOptionsOf(run, spec)) {
      Map<String, String> options = RunOptions.ofAccounts(run.spec().options());
      Map<String, String> given = RunOptions.ofAccounts(spec.options());
      throw new RunRefusedException(
          "run %d of this file is unfinished and has other options (%s) than this command (%s). To abandon it and start again, add --fresh. To resume it with its own options: %s"
              .formatted(
                  run.id(),
                  RunOptions.shown(options, given),
                  RunOptions.shown(given, options),
                  resume(run)));
    }
  }

  private void leaveAlone(RunRequest request, RunRecord run) {
    throw new UnfinishedRunException(
        "Run %d of %s is unfinished, so nothing was done. To abandon it and start again, add --fresh. To resume it: %s"
            .formatted(run.id(), request.name(), resume(run)));
  }

  private String changed(RunRequest request, RunRecord run) {
    return "%s has changed since run %d, which is unfinished. Nothing was sent. To abandon that run and start with the file as it is now, add --fresh. To resume it with its original file: %s"
        .formatted(request.name(), run.id(), resume(run));
  }

  private String resume(RunRecord run) {
    return terms.invocation().of("resume " + run.id());
  }

  private static @Nullable String text(@Nullable Path path) {
    return path == null ? null : path.toAbsolutePath().toString();
  }
}
