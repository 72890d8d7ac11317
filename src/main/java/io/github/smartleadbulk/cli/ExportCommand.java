package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.Amount;
import io.github.smartleadbulk.account.DamagedText;
import io.github.smartleadbulk.account.ZeroLimit;
import io.github.smartleadbulk.cli.option.ApiOptions;
import io.github.smartleadbulk.cli.option.ExcelOptions;
import io.github.smartleadbulk.cli.option.FieldList;
import io.github.smartleadbulk.cli.option.OneRun;
import io.github.smartleadbulk.cli.option.SettingsDefaults;
import io.github.smartleadbulk.cli.option.SeveralWorkspacesOptions;
import io.github.smartleadbulk.cli.option.StateLockOptions;
import io.github.smartleadbulk.cli.option.UsageException;
import io.github.smartleadbulk.cli.output.BlankCells;
import io.github.smartleadbulk.cli.output.WorkspacesExport;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.cli.process.Signals;
import io.github.smartleadbulk.cli.process.UnclosedOutput;
import io.github.smartleadbulk.cli.target.Target;
import io.github.smartleadbulk.cli.target.Workspaces;
import io.github.smartleadbulk.file.PrivateFiles;
import io.github.smartleadbulk.job.AccountExport;
import io.github.smartleadbulk.job.AccountExports;
import io.github.smartleadbulk.result.ByteOrderMark;
import io.github.smartleadbulk.result.ExportFile;
import io.github.smartleadbulk.result.ExportFormat;
import io.github.smartleadbulk.result.WorkspaceColumn;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.OutputPath;
import io.github.smartleadbulk.state.StateStore;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "export",
    description = {
      "Writes all accounts as a CSV that 'update' accepts.",
      "If you apply it unchanged, nothing changes.",
      "",
      "Examples:",
      "  ./run.sh export --out accounts.csv",
      "  ./run.sh export --all-workspaces --out accounts.csv"
    })
final class ExportCommand extends Subcommand {

  /** The folder in the state folder for accounts of workspaces that are not read yet. */
  private static final String PARTS = "export";

  @OneRun
  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "File to write the accounts to (default: standard output). It appears when it is complete.")
  @Nullable Path out;

  @OneRun
  @Option(
      names = "--fields",
      paramLabel = "FIELD",
      split = ",",
      description =
          "Write only these settings, separated by commas, such as signature,bcc (default: all).")
  TreeSet<String> fields = new TreeSet<>();

  @OneRun
  @Option(
      names = "--client-id",
      paramLabel = "N",
      description = "Write only accounts of this client.")
  @Nullable Long clientId;

  @Option(
      names = "--allow-zero",
      description = "Also write daily limits of 0. 'update' accepts them only with --allow-zero.")
  boolean allowZero;

  @Option(
      names = "--allow-damaged-text",
      description =
          "Also write texts that are certainly damaged. 'update' accepts them only with --allow-damaged-text.")
  boolean allowDamagedText;

  @Mixin ExcelOptions excel = new ExcelOptions();
  private final SeveralWorkspacesOptions choice = new SeveralWorkspacesOptions();
  @Mixin ApiOptions api = new ApiOptions(choice);
  @Mixin StateLockOptions state = new StateLockOptions();

  ExportCommand(ProcessEnvironment environment) {
    super(environment);
  }

  @Override
  ExitCode execute() throws Exception {
    SortedSet<AccountField> chosen = FieldList.parse("--fields", fields);
    List<AccountField> columns =
        chosen.isEmpty() ? List.of(AccountField.values()) : List.copyOf(chosen);
    Path file = out == null ? null : environment.resolve(out.toString());
    if (file != null) {
      OutputPath.check("--out " + out, file, state.path(environment), List.of());
    }
    if (choice.isAll() && api.isGiven("--workspace")) {
      throw new UsageException("--all-workspaces cannot be combined with --workspace");
    }
    Workspaces workspaces = workspaces(api);
    List<String> names =
        choice.isAll()
            ? workspaces.configured()
            : choice.chosen(workspaces.names(), SettingsDefaults.of(spec));
    // With --all-workspaces, scripts get the same columns however many workspaces there are.
    boolean hasColumn = choice.isAll() || names.size() > 1;
    ExportFormat format =
        new ExportFormat(
            columns,
            allowZero ? ZeroLimit.ALLOWED : ZeroLimit.REFUSED,
            allowDamagedText ? DamagedText.ALLOWED : DamagedText.REFUSED,
            WorkspaceColumn.of(hasColumn));
    Target.Opener opener = Target.check(workspaces);
    try (StateStore store = open(state);
        Target target = opener.open(store)) {
      if (file == null) {
        return export(target, store, names, format, new UnclosedOutput(environment.out())).code;
      }
      OutputPath.check("--out " + out, file, store.folder(), store.runs().resultsElsewhere());
      Path part = file.resolveSibling(file.getFileName() + ".part");
      try {
        Result result = export(target, store, names, format, PrivateFiles.newOutputStream(part));
        if (result.isUsable) {
          Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return result.code;
      } finally {
        Files.deleteIfExists(part);
      }
    }
  }

  /**
   * How the export ended.
   *
   * @param isUsable whether the file can take the place of an earlier one
   */
  private record Result(ExitCode code, boolean isUsable) {}

  private Result export(
      Target target, StateStore store, List<String> names, ExportFormat format, OutputStream stream)
      throws Exception {
    BlankCells blank = new BlankCells(messages());
    try (ExportFile csv = ExportFile.begin(stream, format, ByteOrderMark.of(excel.enabled))) {
      return format.workspaceColumn() == WorkspaceColumn.PRESENT
          ? exportSeveral(target, store, names, csv, format, blank)
          : exportOne(target, store, names.get(0), csv, blank);
    }
  }

  private Result exportOne(
      Target target, StateStore store, String name, ExportFile csv, BlankCells blank)
      throws Exception {
    AccountExport export = target.export(name, store, environment.clock());
    AccountExport.End end;
    try (Signals signals =
        Signals.handle(
            target.open(name).client().timeout(), signal -> stop(export::stop, signal))) {
      end =
          export.execute(
              clientId,
              account -> {
                blank.add(csv.append(name, account));
                if (isLost()) {
                  export.stop(ExitCode.STOPPED_EARLY);
                }
              });
    }
    if (isLost()) {
      return lost();
    }
    blank.end();
    if (end.stopped() != null) {
      messages().error(end.stopped());
    } else if (!quiet) {
      messages().note(Amount.of(end.accounts(), "account"));
    }
    return new Result(end.exitCode(), end.exitCode() == ExitCode.OK);
  }

  private Result exportSeveral(
      Target target,
      StateStore store,
      List<String> names,
      ExportFile csv,
      ExportFormat format,
      BlankCells blank)
      throws Exception {
    AccountExports exports = target.exportAll(names, store, environment.clock());
    try (WorkspacesExport file =
        new WorkspacesExport(store.ownFolder().resolve(PARTS), csv, format, blank, messages())) {
      ExitCode code;
      try (Signals signals =
          Signals.handle(longestTimeout(target, names), signal -> stop(exports::stop, signal))) {
        code = exports.execute(clientId, file);
      }
      csv.flush();
      if (isLost()) {
        return lost();
      }
      blank.end();
      file.tell(out == null ? "the output" : out.toString(), quiet);
      return new Result(code, file.isUsable());
    }
  }

  private static Duration longestTimeout(Target target, List<String> names) {
    return names.stream()
        .map(name -> target.open(name).client().timeout())
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  private Result lost() {
    messages().error("standard output cannot be written: it was closed, or its disk is full");
    return new Result(ExitCode.STOPPED_EARLY, false);
  }

  /** A print stream does not report failed writes by itself. */
  private boolean isLost() {
    return out == null && environment.out().checkError();
  }

  private void stop(Consumer<ExitCode> export, ExitCode signal) {
    export.accept(signal);
    messages()
        .note(signal + ": waiting for the call in flight. Press Ctrl-C again to stop immediately.");
  }
}
