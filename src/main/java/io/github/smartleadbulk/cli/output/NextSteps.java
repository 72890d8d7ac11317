package io.github.smartleadbulk.cli.output;

import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.fill.Fill;
import io.github.smartleadbulk.result.RunSummary;
import io.github.smartleadbulk.run.Invocation;
import io.github.smartleadbulk.run.RunOptions;
import io.github.smartleadbulk.run.RunSummaries;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.RunStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the user can do after a run, as commands to paste.
 *
 * @param sets the {@code --set} options of the command line; if there are none, those that the run
 *     keeps are repeated
 * @param target the option that names the target for a new run, such as {@code --sandbox}; empty
 *     for SmartLead
 */
public record NextSteps(Invocation invocation, List<String> sets, String target) {

  /** A longer template would fill the screen. */
  private static final int LONGEST_SET = 300;

  /** The lines after a report; empty if there is nothing to do. */
  public String after(RunSummary summary, RunRecord run) {
    StringBuilder page = new StringBuilder();
    Invocation ofRows = invocation.forRowsOf(run.spec());
    Map<RowStatus, Long> rows = summary.rowsByStatus();
    long failed = rows.getOrDefault(RowStatus.FAILED, 0L);
    long uncertain = rows.getOrDefault(RowStatus.UNCERTAIN, 0L);
    boolean isFinished = summary.status().equals(RunStatus.FINISHED.toString());
    if (summary.status().equals(RunStatus.STOPPED.toString())
        && summary.exitCode() != null
        && !RunSummaries.isStoppedByGuards(summary)) {
      step(page, "To resume this run", invocation.of("resume " + run.id()));
    }
    Path file = summary.files().get("failed");
    RunOptions options = RunOptions.parse(run.spec().options());
    // What a rollback or a ramp expects of the accounts is no option of "update".
    boolean isOfFile = options.comparedRun() == null && !options.onlyRaise();
    if (isFinished && rows.containsKey(RowStatus.INVALID) && file != null && isOfFile) {
      String update = "update " + Invocation.quoted(file.toString()) + ofFile(options) + target;
      step(page, "To correct rows, edit failed.csv, then", invocation.of(update));
    }
    if (isFinished && failed + uncertain > 0) {
      String which = uncertain == 0 ? "failed" : failed == 0 ? "uncertain" : "failed and uncertain";
      step(page, "To send the " + which + " rows again", ofRows.of("retry " + run.id()));
    }
    if (rows.containsKey(RowStatus.UPDATED) || uncertain > 0) {
      step(page, "To undo this run", ofRows.of("rollback " + run.id()));
    }
    return page.isEmpty() ? "" : System.lineSeparator() + page;
  }

  private static void step(StringBuilder page, String aim, String command) {
    page.append(String.format(Locale.ROOT, "  %s:%n    %s%n", aim, command));
  }

  /** The options without which the rows of the run would be read in another way. */
  private String ofFile(RunOptions options) {
    List<String> words = new ArrayList<>(options.inputAsOptions());
    if (options.force()) {
      words.add("--force");
    }
    words.addAll(sets(options));
    return words.isEmpty() ? "" : " " + String.join(" ", words);
  }

  private List<String> sets(RunOptions options) {
    List<String> given =
        sets.isEmpty()
            ? options.fills().inOrder().stream().map(NextSteps::set).toList()
            : sets.stream().map(Invocation::quoted).toList();
    return given.stream().map(set -> "--set " + set).toList();
  }

  private static String set(Fill fill) {
    return fill.text().length() > LONGEST_SET || fill.text().startsWith("@")
        ? fill.field().apiName() + "=@FILE"
        : Invocation.quoted(fill.field().apiName() + "=" + fill.text());
  }
}
