package io.github.smartleadbulk.run;

import io.github.smartleadbulk.account.WrittenLines;
import io.github.smartleadbulk.csv.InputException;
import io.github.smartleadbulk.file.PrivateFiles;
import io.github.smartleadbulk.fill.Fills;
import io.github.smartleadbulk.input.InputFile;
import io.github.smartleadbulk.result.ResultsFile;
import io.github.smartleadbulk.run.RunRequest.OnUnfinished;
import io.github.smartleadbulk.state.JournalledRun;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.RunSpec;
import io.github.smartleadbulk.state.RunStatus;
import io.github.smartleadbulk.state.Runs;
import io.github.smartleadbulk.state.StateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides whether an input starts a new run, resumes a run or is refused. */
public final class RunPreparation {

  private final StateStore store;
  private final Runs runs;
  private final Clock clock;

  public RunPreparation(StateStore store, Clock clock) {
    this.store = store;
    this.runs = store.runs();
    this.clock = clock;
  }

  /**
   * Prepares the run for an input. If the newest run with the same content, target and key is
   * unfinished, that run is resumed; otherwise a new run starts.
   *
   * @throws io.github.smartleadbulk.csv.InputException if the input is refused at its header
   * @throws RunRefusedException if the file has changed since its unfinished run
   * @throws UnfinishedRunException if there is an unfinished run and the request leaves it alone
   */
  public PreparedRun prepare(RunRequest request) throws IOException {
    checkComparedRun(request.options());
    checkResults(request.command().equals(RunSpec.PLAN), request.place(), request.path());
    Path copy = store.folder().resolve("incoming.csv");
    try {
      String fingerprint = request.input().copyTo(copy, request.name(), request.options());
      checkRows(request, request.options().open(copy, request.name()));
      RunSpec spec = spec(request, fingerprint);
      Optional<RunRecord> unfinished =
          runs.findNewestOfContent(spec).filter(run -> run.status().isResumable());
      Optional<RunRecord> changed =
          runs.findNewestOfPath(spec)
              .filter(run -> run.status().isResumable())
              .filter(run -> !run.spec().fingerprint().equals(fingerprint));
      // An unfinished plan has sent nothing, so it does not matter.
      boolean outdatedPlan =
          spec.isPlan()
              && (changed.isPresent()
                  || unfinished.filter(run -> !hasOptionsOf(run, spec)).isPresent());
      if (request.onUnfinished() == OnUnfinished.FRESH || outdatedPlan) {
        unfinished.ifPresent(this::abandon);
        changed.ifPresent(this::abandon);
        return begin(request, copy, spec);
      }
      if (request.onUnfinished() == OnUnfinished.SKIP) {
        changed.or(() -> unfinished).ifPresent(run -> leaveAlone(request, run));
      }
      if (changed.isPresent()) {
        throw new RunRefusedException(changed(request, changed.get()));
      }
      if (unfinished.isEmpty()) {
        return begin(request, copy, spec);
      }
      checkSameOptions(unfinished.get(), spec);
      return reopen(unfinished.get(), request.place());
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  /**
   * Resumes an unfinished run with the copy of its input.
   *
   * @param number number of the run; null for the newest unfinished run
   * @throws RunRefusedException if the run does not exist, is not unfinished or belongs to another
   *     target
   */
  public PreparedRun resume(@Nullable Integer number, RunPlace place) throws IOException {
    RunRecord run = find(number);
    if (!run.status().isResumable()) {
      throw new RunRefusedException(
          "run %d is %s: there is nothing to resume".formatted(run.id(), run.status()));
    }
    checkTarget(run, place);
    return reopen(run, place);
  }

  static void checkTarget(RunRecord run, RunPlace place) {
    if (!run.spec().target().equals(place.target())) {
      throw new RunRefusedException(
          "run %d was made against %s and cannot be continued against %s"
              .formatted(run.id(), run.spec().target(), place.target()));
    }
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
        && store.snapshots().find(comparedRun.run()).isEmpty()) {
      throw new RunRefusedException(
          "the accounts that plan %d has read are no longer on record: make the plan again"
              .formatted(comparedRun.run()));
    }
  }

  RunRecord find(@Nullable Integer number) {
    if (number == null) {
      return runs.findNewestResumable()
          .orElseThrow(() -> new RunRefusedException("there is no unfinished run to resume"));
    }
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

  private static RunSpec spec(RunRequest request, String fingerprint) {
    return new RunSpec(
        request.command(),
        request.name(),
        request.path() == null ? null : request.path().toString(),
        fingerprint,
        request.place().target(),
        request.place().keyHash(),
        request.options().stored(),
        request.origin());
  }

  private void abandon(RunRecord run) {
    runs.end(run.id(), RunStatus.ABANDONED, run.exitCode(), clock.instant());
  }

  private PreparedRun begin(RunRequest request, Path copy, RunSpec spec) throws IOException {
    // The folder is created first because a run on record must have its input.
    int number = store.nextNumber();
    Path folder = store.runFolder(number);
    PrivateFiles.createFolder(folder);
    PrivateFiles.move(copy, RunFiles.input(folder));
    runs.create(number, spec, text(request.place().results()), clock.instant());
    return prepared(number, false);
  }

  private PreparedRun reopen(RunRecord run, RunPlace place) throws IOException {
    checkComparedRun(RunOptions.parse(run.spec().options()));
    Path copy = RunFiles.of(store, run).input();
    if (!Files.exists(copy) || !InputCopy.fingerprint(copy).equals(run.spec().fingerprint())) {
      throw new RunRefusedException(
          "run %d cannot be resumed: its copy of the input, %s, is missing or was changed. To start again with the file as it is now, add --fresh"
              .formatted(run.id(), copy));
    }
    String results = place.results() == null ? run.resultsPath() : text(place.results());
    if (results != null) {
      // The file may belong to somebody else by now.
      OutputPath.check(run.spec().isPlan(), Path.of(results), null, store.folder());
      if (results.equals(run.resultsPath()) && !run.spec().isPlan()) {
        checkOwnResults(run, Path.of(results));
      }
    }
    runs.reopen(run.id(), place.keyHash(), results);
    return prepared(run.id(), true);
  }

  /** The results of another run would look the same. */
  private void checkOwnResults(RunRecord run, Path results) throws IOException {
    WrittenLines written = store.journalled(run.id()).written();
    if (!ResultsFile.mayGoOn(results, written)) {
      throw new RunRefusedException(
          "%s no longer holds the results of run %d: give another file with --results"
              .formatted(results, run.id()));
    }
  }

  private PreparedRun prepared(int number, boolean resumed) throws IOException {
    RunRecord run = runs.find(number).orElseThrow();
    RunFiles files = RunFiles.of(store, run);
    return new PreparedRun(
        run,
        files,
        input(run, files),
        RunOptions.parse(run.spec().options()),
        resumed,
        resumed ? store.journalled(number) : JournalledRun.ofNewRun(number),
        resumed ? runs.sentSince(run) : List.of());
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

  private static void checkSameOptions(RunRecord run, RunSpec spec) {
    if (!hasOptionsOf(run, spec)) {
      throw new RunRefusedException(
          "run %d of this file is unfinished and has other options (%s) than you gave (%s): 'resume %d' continues with the old options, --fresh starts again"
              .formatted(
                  run.id(),
                  Fills.shown(run.spec().options(), spec.options()),
                  Fills.shown(spec.options(), run.spec().options()),
                  run.id()));
    }
  }

  private static void leaveAlone(RunRequest request, RunRecord run) {
    throw new UnfinishedRunException(
        "Run %d of %s is unfinished. Nothing was done. 'resume %d' continues the run, --fresh starts again"
            .formatted(run.id(), request.name(), run.id()));
  }

  private static String changed(RunRequest request, RunRecord run) {
    return "%s has changed since run %d, which is unfinished. Nothing was sent. 'resume %d' continues with the original, --fresh abandons that run and starts with the file as it is now"
        .formatted(request.name(), run.id(), run.id());
  }

  private static @Nullable String text(@Nullable Path path) {
    return path == null ? null : path.toAbsolutePath().toString();
  }
}
