package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.cli.option.FieldList;
import io.github.smartleadbulk.cli.option.OneRun;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.cli.target.Target;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.FollowUps;
import io.github.smartleadbulk.run.PreparedRun;
import io.github.smartleadbulk.state.StateStore;
import java.util.SortedSet;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "rollback",
    description = {
      "Starts a new run that restores the values from before RUN.",
      "Values that somebody has changed since RUN stay as they are.",
      "",
      "Examples:",
      "  ./run.sh rollback 12",
      "  ./run.sh rollback 12 --only signature"
    })
final class RollbackCommand extends NewRunCommand {

  @Parameters(paramLabel = "RUN", description = "Number of the run.")
  int run;

  @OneRun
  @Option(
      names = "--only",
      paramLabel = "FIELD",
      split = ",",
      description = "Restore only these fields, separated by commas, such as signature,bcc.")
  TreeSet<String> only = new TreeSet<>();

  @OneRun
  @Option(
      names = "--accounts",
      paramLabel = "ID",
      split = ",",
      description = "Restore only these accounts, given by id and separated by commas.")
  TreeSet<Long> accounts = new TreeSet<>();

  @OneRun
  @Option(
      names = "--force",
      description = "Also restore values that somebody has changed since the run.")
  boolean force;

  RollbackCommand(ProcessEnvironment environment) {
    super(environment);
  }

  @Override
  ExitCode execute() throws Exception {
    SortedSet<AccountField> fields = FieldList.parse("--only", only);
    try (StateStore store = open(state);
        Target target = Target.openFor(earlier(store, run), workspaces(api), store)) {
      if (store.runs().find(run).filter(record -> record.status().isResumable()).isPresent()) {
        messages()
            .alert(
                "run %d is unfinished: its recorded changes are undone, but calls that a kill interrupted are"
                        .formatted(run)
                    + " not");
      }
      PreparedRun prepared =
          new FollowUps(store, environment.clock(), terms())
              .rollBack(
                  run,
                  place(target, reporting.results),
                  new FollowUps.Restored(fields, accounts, chosenWorkspace()),
                  force);
      return apply(prepared, target, store);
    }
  }
}
