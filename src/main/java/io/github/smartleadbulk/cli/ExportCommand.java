package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.Amount;
import io.github.smartleadbulk.account.DamagedText;
import io.github.smartleadbulk.account.ZeroLimit;
import io.github.smartleadbulk.cli.option.ApiOptions;
import io.github.smartleadbulk.cli.option.ExcelOptions;
import io.github.smartleadbulk.cli.option.FieldList;
import io.github.smartleadbulk.cli.option.OneRun;
import io.github.smartleadbulk.cli.option.StateLockOptions;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.cli.process.Signals;
import io.github.smartleadbulk.cli.process.UnclosedOutput;
import io.github.smartleadbulk.cli.target.Target;
import io.github.smartleadbulk.file.PrivateFiles;
import io.github.smartleadbulk.job.AccountExport;
import io.github.smartleadbulk.result.ByteOrderMark;
import io.github.smartleadbulk.result.ExportFile;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.OutputPath;
import io.github.smartleadbulk.state.StateStore;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
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
      "Example:",
      "  ./run.sh export --out accounts.csv"
    })
final class ExportCommand extends Subcommand {

  /** How many values that no cell can hold are listed one by one. */
  private static final int TOLD = 20;

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
  @Mixin ApiOptions api = new ApiOptions();
  @Mixin StateLockOptions state = new StateLockOptions();

  private long told;

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
    Target.Opener opener = Target.check(workspaces(api));
    try (StateStore store = open(state);
        Target target = opener.open(store)) {
      if (file == null) {
        return export(target, store, columns, new UnclosedOutput(environment.out()));
      }
      OutputPath.check("--out " + out, file, store.folder(), store.runs().resultsElsewhere());
      Path part = file.resolveSibling(file.getFileName() + ".part");
      try {
        ExitCode code = export(target, store, columns, PrivateFiles.newOutputStream(part));
        if (code == ExitCode.OK) {
          Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return code;
      } finally {
        Files.deleteIfExists(part);
      }
    }
  }

  private ExitCode export(
      Target target, StateStore store, List<AccountField> columns, OutputStream stream)
      throws Exception {
    AccountExport export = target.export(store, environment.clock());
    AccountExport.End end;
    try (Signals signals =
            Signals.handle(target.usual().client().timeout(), signal -> stop(export, signal));
        ExportFile csv =
            new ExportFile(
                stream,
                columns,
                allowZero ? ZeroLimit.ALLOWED : ZeroLimit.REFUSED,
                allowDamagedText ? DamagedText.ALLOWED : DamagedText.REFUSED,
                ByteOrderMark.of(excel.enabled))) {
      end =
          export.execute(
              clientId,
              account -> {
                tell(csv.append(account));
                if (isLost(out)) {
                  export.stop(ExitCode.STOPPED_EARLY);
                }
              });
    }
    if (isLost(out)) {
      messages().error("standard output cannot be written: it was closed, or its disk is full");
      return ExitCode.STOPPED_EARLY;
    }
    if (told > TOLD) {
      messages()
          .alert(
              Amount.of(told - TOLD, "more value") + " left blank, because a cell cannot hold it");
    }
    if (end.stopped() != null) {
      messages().error(end.stopped());
    } else if (!quiet) {
      messages().note(Amount.of(end.accounts(), "account"));
    }
    return end.exitCode();
  }

  /** A print stream does not report failed writes by itself. */
  private boolean isLost(@Nullable Path file) {
    return file == null && environment.out().checkError();
  }

  private void stop(AccountExport export, ExitCode signal) {
    export.stop(signal);
    messages()
        .note(signal + ": waiting for the call in flight. Press Ctrl-C again to stop immediately.");
  }

  private void tell(List<String> problems) {
    for (String problem : problems) {
      if (++told <= TOLD) {
        messages().alert(problem);
      }
    }
  }
}
