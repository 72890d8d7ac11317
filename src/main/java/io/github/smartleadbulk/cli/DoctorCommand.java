package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.cli.doctor.Finding;
import io.github.smartleadbulk.cli.doctor.Finding.Level;
import io.github.smartleadbulk.cli.doctor.Findings;
import io.github.smartleadbulk.cli.doctor.FolderCheck;
import io.github.smartleadbulk.cli.doctor.MachineCheck;
import io.github.smartleadbulk.cli.doctor.NetworkCheck;
import io.github.smartleadbulk.cli.option.ApiOptions;
import io.github.smartleadbulk.cli.option.Heading;
import io.github.smartleadbulk.cli.option.OneRun;
import io.github.smartleadbulk.cli.option.SettingsDefaults;
import io.github.smartleadbulk.cli.option.StateLockOptions;
import io.github.smartleadbulk.cli.option.Under;
import io.github.smartleadbulk.cli.option.UsageException;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.cli.process.Signals;
import io.github.smartleadbulk.cli.target.WorkspaceStates;
import io.github.smartleadbulk.cli.target.WorkspaceStates.State;
import io.github.smartleadbulk.cli.target.Workspaces;
import io.github.smartleadbulk.result.RecordJson;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.FaultMessages;
import io.github.smartleadbulk.state.StateStore;
import io.github.smartleadbulk.store.StateException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "doctor",
    description = {
      "Checks Java, the settings, the state, the network and each API key, and says what to do about faults.",
      "Makes one read for each key. Exits 1 if a check finds a fault.",
      "",
      "Examples:",
      "  ./run.sh doctor",
      "  ./run.sh doctor --offline"
    })
final class DoctorCommand extends Subcommand {

  private static final String KEY = "key";
  private static final String STATE = "state";

  @OneRun
  @Option(names = "--offline", description = "Make no call: leave out what needs the network.")
  boolean offline;

  @Under(Heading.OUTPUT)
  @Option(names = "--json", description = "Print one JSON object instead of text.")
  boolean json;

  @Mixin ApiOptions api = new ApiOptions();
  @Mixin StateLockOptions state = new StateLockOptions();

  private final List<Finding> findings = new ArrayList<>();

  DoctorCommand(ProcessEnvironment environment) {
    super(environment);
  }

  /** Later, because what is wrong with them is a finding. */
  @Override
  void checkWorkspaces() {}

  @Override
  ExitCode execute() throws Exception {
    findings.addAll(MachineCheck.java());
    findings.addAll(MachineCheck.settings(SettingsDefaults.of(spec), environment));
    if (!state.isShared()) {
      findings.addAll(FolderCheck.of(state.path(environment)));
    }
    // A folder that is missing has no state yet.
    if (state.isShared() ? !offline : Files.isDirectory(state.path(environment))) {
      checkState();
    }
    Optional<ExitCode> stopped = Optional.empty();
    try {
      super.checkWorkspaces();
      if (api.isSandbox()) {
        findings.add(Finding.ok(KEY, "the embedded sandbox needs no key and no network"));
      } else {
        stopped = checkApi();
      }
    } catch (UsageException e) {
      addWrongSetting("", e);
    }
    return stopped.orElse(print(Findings.of(findings)));
  }

  private void checkState() {
    try {
      Optional<StateStore> found = state.openQuietly(environment);
      if (found.isPresent()) {
        try (StateStore store = found.get()) {
          int runs = store.runs().all().size();
          findings.add(
              Finding.ok(
                  STATE,
                  "%s has %,d %s".formatted(store.name(), runs, runs == 1 ? "run" : "runs")));
          store
              .notices()
              .forEach(notice -> findings.add(new Finding(STATE, Level.WARNING, notice, null)));
        }
      }
    } catch (StateException | UsageException e) {
      findings.add(
          Finding.fault(
              STATE, FaultMessages.of(e), "Correct the settings --state-dir and --state-url."));
    }
  }

  private Optional<ExitCode> checkApi() throws Exception {
    // Key files that others can read.
    Workspaces workspaces =
        Workspaces.of(
            api,
            environment,
            warning -> findings.add(Finding.warning(KEY, warning, "Restrict the file.")));
    WorkspaceStates states =
        WorkspaceStates.of(
            workspaces,
            workspaces.chosen(),
            environment.clock(),
            (name, fault) -> addWrongSetting("workspace " + name + ": ", fault));
    List<State> unchecked = states.list(null);
    List<Finding> proxies =
        offline ? List.of() : NetworkCheck.proxies(unchecked.stream().map(State::baseUrl).toList());
    findings.addAll(proxies);
    if (offline || Findings.of(proxies).verdict() == Level.FAULT) {
      findings.addAll(NetworkCheck.missingKeys(unchecked));
      return Optional.empty();
    }
    try (StateStore store = open(state)) {
      try (Signals signals = Signals.handle(states.longestTimeout(), states::stop)) {
        states.check(store);
      }
      findings.addAll(NetworkCheck.answers(states.list(store)));
    } catch (StateException | UsageException e) {
      // Without the record of calls, a call could break a limit.
      findings.add(
          Finding.warning(
              KEY,
              "not checked: " + FaultMessages.of(e),
              "Run doctor again when the state can be used."));
    }
    return states.stopped();
  }

  private void addWrongSetting(String where, UsageException e) {
    findings.add(
        Finding.fault(
            "settings",
            where + e.getMessage(),
            "Correct the option, the variable or the line in the config file."));
  }

  private ExitCode print(Findings all) {
    if (json) {
      environment.text().println(RecordJson.of(all));
    } else {
      all.print(environment.text(), quiet ? Level.WARNING : Level.OK);
    }
    return all.verdict() == Level.FAULT ? ExitCode.ROWS_NEED_ATTENTION : ExitCode.OK;
  }
}
