package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.cli.option.ApiOptions;
import io.github.smartleadbulk.cli.option.Heading;
import io.github.smartleadbulk.cli.option.OneRun;
import io.github.smartleadbulk.cli.option.StateLockOptions;
import io.github.smartleadbulk.cli.option.Under;
import io.github.smartleadbulk.cli.option.UsageException;
import io.github.smartleadbulk.cli.output.WorkspaceEntry;
import io.github.smartleadbulk.cli.output.WorkspaceTable;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.cli.process.Signals;
import io.github.smartleadbulk.cli.target.KeyState;
import io.github.smartleadbulk.cli.target.WorkspaceStates;
import io.github.smartleadbulk.cli.target.WorkspaceStates.State;
import io.github.smartleadbulk.cli.target.Workspaces;
import io.github.smartleadbulk.result.RecordJson;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.state.StateStore;
import io.github.smartleadbulk.workspace.Workspace;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "workspaces",
    description = {
      "Lists the workspaces in the config file, and how many calls their rate limits allow now.",
      "Checks each API key with one read.",
      "",
      "Examples:",
      "  ./run.sh workspaces",
      "  ./run.sh workspaces --no-check"
    })
final class WorkspacesCommand extends Subcommand {

  @OneRun
  @Option(
      names = "--no-check",
      description = "Make no call. This also works while a run is in progress.")
  boolean noCheck;

  @Under(Heading.OUTPUT)
  @Option(names = "--json", description = "Print a JSON array instead of a table.")
  boolean json;

  @Mixin ApiOptions api = new ApiOptions();
  @Mixin StateLockOptions state = new StateLockOptions();

  WorkspacesCommand(ProcessEnvironment environment) {
    super(environment);
  }

  @Override
  ExitCode execute() throws Exception {
    if (api.isSandbox()) {
      throw new UsageException(
          "--sandbox: the embedded sandbox has no keys to check. Remove the option, or the line in the config file.");
    }
    Workspaces workspaces = workspaces(api);
    WorkspaceStates states =
        WorkspaceStates.of(
            workspaces,
            workspaces.chosen(),
            environment.clock(),
            (name, fault) -> {
              throw fault;
            });
    warnOfSharedKeys(states);
    return noCheck ? listOnly(states) : check(states);
  }

  /** This command needs each key only for a moment, but a run must not use two at once. */
  private void warnOfSharedKeys(WorkspaceStates states) {
    Workspace.sharedKey(states.withKey()).ifPresent(messages()::warning);
  }

  private ExitCode listOnly(WorkspaceStates states) {
    Optional<StateStore> found = state.openToRead(environment);
    if (found.isEmpty()) {
      return print(states, null);
    }
    try (StateStore store = found.get()) {
      return print(states, store);
    }
  }

  private ExitCode check(WorkspaceStates states) throws Exception {
    try (StateStore store = open(state)) {
      try (Signals signals = Signals.handle(states.longestTimeout(), states::stop)) {
        states.check(store);
      }
      ExitCode code = print(states, store);
      return states.stopped().orElse(code);
    }
  }

  private ExitCode print(WorkspaceStates states, @Nullable StateStore store) {
    List<State> list = states.list(store);
    if (json) {
      environment.text().println(RecordJson.of(list.stream().map(WorkspaceEntry::of).toList()));
    } else {
      WorkspaceTable.print(environment.text(), list);
    }
    Set<KeyState> keys = list.stream().map(State::key).collect(Collectors.toSet());
    if (keys.contains(KeyState.REFUSED) || keys.contains(KeyState.MISSING)) {
      return ExitCode.KEY;
    }
    return keys.contains(KeyState.UNREACHABLE) || (!noCheck && keys.contains(KeyState.NOT_CHECKED))
        ? ExitCode.STOPPED_EARLY
        : ExitCode.OK;
  }
}
