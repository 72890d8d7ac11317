package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.WrittenLines;
import io.github.smartleadbulk.cli.option.OneRun;
import io.github.smartleadbulk.cli.option.StateOptions;
import io.github.smartleadbulk.cli.option.UsageException;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.file.PrivateFiles;
import io.github.smartleadbulk.history.RecordedRuns;
import io.github.smartleadbulk.input.Column;
import io.github.smartleadbulk.page.RunPage;
import io.github.smartleadbulk.result.ResultsFile;
import io.github.smartleadbulk.result.WorkspaceColumn;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.RunFiles;
import io.github.smartleadbulk.run.RunPreparation;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.StateStore;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "results",
    description = {
      "Writes the files of a run into a folder: input, results, failed rows, values before, summary and page.",
      "Makes no call.",
      "",
      "Example:",
      "  ./run.sh results 12 --out run-12"
    })
final class ResultsCommand extends Subcommand {

  private static final int PAGE = 1_000;

  @Parameters(paramLabel = "RUN", description = "Number of the run.")
  int run;

  @OneRun
  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder to write to. It must be empty, or is created.")
  Path out;

  @Mixin StateOptions state = new StateOptions();

  ResultsCommand(ProcessEnvironment environment) {
    super(environment);
  }

  @Override
  ExitCode execute() throws IOException {
    Path folder = environment.resolve(out.toString());
    checkEmpty(folder);
    try (StateStore store = state.openRuns(environment)) {
      RecordedRuns history = RecordedRuns.of(store);
      RunRecord record = StateOptions.find(history, run);
      PrivateFiles.createFolder(folder);
      RunFiles files = RunFiles.of(store, record);
      for (Path file : List.of(files.input(), files.failed(), files.before(), files.summary())) {
        copy(file, folder);
      }
      if (record.spec().isPlan()) {
        copy(files.results(), folder);
      } else {
        writeResults(store, record, folder.resolve("results.csv"));
        try (RunPage page =
            new RunPage(store, history, record, invocation(), List.of(), environment.clock())) {
          page.writeTo(folder.resolve("report.html"));
        }
      }
    }
    if (!quiet) {
      environment.text().println(folder);
      environment.text().flush();
    }
    return ExitCode.OK;
  }

  private void checkEmpty(Path folder) throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new UsageException("--out " + out + " is a file");
    }
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> content = Files.newDirectoryStream(folder)) {
        if (content.iterator().hasNext()) {
          throw new UsageException("--out " + out + " is not empty");
        }
      }
    }
  }

  private static void copy(Path file, Path folder) throws IOException {
    if (Files.exists(file)) {
      Path copy = folder.resolve(file.getFileName());
      Files.copy(file, copy);
      PrivateFiles.restrict(copy);
    }
  }

  /** The lines come from the journal: the file itself may be elsewhere, or not complete. */
  private static void writeResults(StateStore store, RunRecord record, Path file)
      throws IOException {
    WorkspaceColumn workspaces =
        WorkspaceColumn.of(RunPreparation.inputOf(store, record).header().has(Column.WORKSPACE));
    try (ResultsFile results = ResultsFile.open(file, WrittenLines.NONE, workspaces)) {
      List<RowOutcome> page = store.outcomes().page(record.id(), 0, PAGE);
      while (!page.isEmpty()) {
        results.append(page);
        page = store.outcomes().page(record.id(), page.get(page.size() - 1).row(), PAGE);
      }
    }
  }
}
