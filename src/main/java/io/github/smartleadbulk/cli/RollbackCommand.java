package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.cli.option.FieldList;
import io.github.smartleadbulk.cli.option.Target;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
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
    description =
        "Puts the values back that RUN has changed; what somebody has changed since stays as it is.")
final class RollbackCommand extends ApplyCommand {

  @Parameters(paramLabel = "RUN", description = "Number of the run.")
  int run;

  @Option(
      names = "--only",
      paramLabel = "FIELD",
      split = ",",
      description = "Only these fields, such as signature,bcc.")
  TreeSet<String> only = new TreeSet<>();

  @Option(
      names = "--accounts",
      paramLabel = "ID",
      split = ",",
      description = "Only these accounts, by id.")
  TreeSet<Long> accounts = new TreeSet<>();

  @Option(names = "--force", description = "Put back also what somebody has changed since.")
  boolean force;

  RollbackCommand(ProcessEnvironment surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute() throws Exception {
    SortedSet<AccountField> fields = FieldList.parse("--only", only);
    try (StateStore store = open(state);
        Target target = Target.openFor(store.runs().find(run), api, surroundings)) {
      if (store.runs().find(run).filter(record -> record.status().isResumable()).isPresent()) {
        messages()
            .warning(
                "run %d is unfinished: what it has on record is put back, calls that a kill cut off"
                        .formatted(run)
                    + " are not");
      }
      PreparedRun prepared =
          new FollowUps(store, surroundings.clock())
              .rollBack(run, place(target, choice.results), fields, accounts, force);
      return apply(prepared, target, store);
    }
  }
}
