package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.account.Account;
import io.github.smartleadbulk.cli.option.ApiOptions;
import io.github.smartleadbulk.cli.option.InputArguments;
import io.github.smartleadbulk.cli.option.OneRun;
import io.github.smartleadbulk.cli.option.RepeatableInput;
import io.github.smartleadbulk.cli.option.StateLockOptions;
import io.github.smartleadbulk.cli.option.UsageException;
import io.github.smartleadbulk.cli.output.SignaturePage;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.cli.process.Signals;
import io.github.smartleadbulk.cli.target.RequestedAccount;
import io.github.smartleadbulk.cli.target.Target;
import io.github.smartleadbulk.fill.RowFilling;
import io.github.smartleadbulk.input.InputFile;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.input.RowVerdict;
import io.github.smartleadbulk.job.AccountExport;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.OutputPath;
import io.github.smartleadbulk.run.RunOptions;
import io.github.smartleadbulk.state.StateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "preview",
    description = {
      "Writes an HTML page with the signature that FILE sets for one account. Sends nothing.",
      "Reads the account only if the signature takes values from it.",
      "",
      "Example:",
      "  ./run.sh preview accounts.csv --account 10000001"
    })
final class PreviewCommand extends Subcommand {

  private static final String WORKSPACE = "--workspace";

  @Mixin InputArguments input = new InputArguments();
  @Mixin ApiOptions api = new ApiOptions();
  @Mixin StateLockOptions state = new StateLockOptions();

  @OneRun
  @Option(
      names = "--account",
      required = true,
      paramLabel = "ID|ADDRESS",
      description = "Account whose signature to show, by id or address.")
  String account;

  @OneRun
  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "File to write the page to (default: preview-ID.html).")
  @Nullable Path out;

  PreviewCommand(ProcessEnvironment environment) {
    super(environment);
  }

  @Override
  ExitCode execute() throws Exception {
    RequestedAccount wanted = RequestedAccount.of(account);
    Path file = input.path(environment);
    if (out != null) {
      OutputPath.check(
          "--out " + out,
          environment.resolve(out.toString()),
          state.path(environment),
          file == null ? List.of() : List.of(file));
    }
    RunOptions options = input.options(environment, api.workspaceNames(), false, false);
    try (RepeatableInput content = RepeatableInput.open(file, environment)) {
      return preview(wanted, options, options.open(content.path(), input.name()));
    }
  }

  private ExitCode preview(RequestedAccount wanted, RunOptions options, InputFile file)
      throws Exception {
    RowFilling filling = options.filling(file.header());
    Set<String> workspaces =
        api.isGiven(WORKSPACE) ? Set.of(options.input().workspaces().usual()) : file.workspaces();
    Optional<InputRow> row = only(wanted.findRows(file, workspaces::contains));
    if (row.isPresent() && (SignaturePage.isKnown(row.get()) || !filling.takesAccount(row.get()))) {
      return write(row.get(), null);
    }
    if (row.isEmpty() && !wanted.mayBeToldOtherwise(file.header())) {
      throw notFound();
    }
    Target.Opener opener = Target.check(workspaces(api));
    try (StateStore store = open(state);
        Target target = opener.open(store)) {
      target.list(file);
      for (String workspace : row.map(own -> Set.of(own.workspace())).orElse(workspaces)) {
        AccountSearch search = new AccountSearch(wanted);
        AccountExport.End end = read(workspace, target, store, search);
        Account found = search.found;
        if (found != null) {
          InputRow own =
              row.isPresent()
                  ? row.get()
                  : only(RequestedAccount.of(found).findRows(file, workspace::equals))
                      .orElseThrow(this::notFound);
          return write(filling.complete(own, found), found);
        }
        if (end.exitCode() != ExitCode.OK) {
          messages().error(String.valueOf(end.stopped()));
          return end.exitCode();
        }
      }
      throw new UsageException("--account: the account list has no account " + account);
    }
  }

  /**
   * The row of the account.
   *
   * @throws UsageException if several workspaces have such an account
   */
  private Optional<InputRow> only(List<InputRow> rows) {
    if (rows.size() > 1) {
      throw new UsageException(
          "%s: account %s is in several workspaces (%s): choose one with --workspace"
              .formatted(
                  input.name(),
                  account,
                  rows.stream().map(InputRow::workspace).collect(Collectors.joining(", "))));
    }
    return rows.stream().findFirst();
  }

  private UsageException notFound() {
    return new UsageException(input.name() + ": no row is for account " + account);
  }

  private AccountExport.End read(
      String workspace, Target target, StateStore store, AccountSearch search) throws Exception {
    AccountExport export = target.export(workspace, store, environment.clock());
    try (Signals signals =
        Signals.handle(target.open(workspace).client().timeout(), export::stop)) {
      return export.execute(null, search);
    }
  }

  private ExitCode write(InputRow row, @Nullable Account found) throws IOException {
    if (row.verdict() instanceof RowVerdict.Invalid) {
      messages().error(row.message());
      return ExitCode.ROWS_NEED_ATTENTION;
    }
    SignaturePage page = SignaturePage.of(row, found, account);
    if (!quiet) {
      page.warnings().forEach(warning -> messages().warning("signature: " + warning));
    }
    Path file =
        environment.resolve(out == null ? "preview-" + page.fileName() + ".html" : out.toString());
    Files.writeString(file, page.html());
    if (!quiet) {
      environment.text().println(file.toString());
    }
    return ExitCode.OK;
  }

  /** Receives accounts until it finds the requested one. */
  private static final class AccountSearch implements AccountExport.Sink {

    private final RequestedAccount wanted;
    private @Nullable Account found;

    AccountSearch(RequestedAccount wanted) {
      this.wanted = wanted;
    }

    @Override
    public void accept(Account one) {
      if (found == null && wanted.is(one)) {
        found = one;
      }
    }

    @Override
    public boolean hasEnough() {
      return found != null;
    }
  }
}
