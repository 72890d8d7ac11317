package io.github.smartleadbulk.cli.target;

import io.github.smartleadbulk.account.WorkspaceNames;
import io.github.smartleadbulk.cli.option.SettingsDefaults;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.history.RecordedRuns;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.RunSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The keys that are known to a command that needs none: those of the runs on record, and those in
 * files and variables, if they can be read without a word.
 */
public final class KnownKeys {

  private final SettingsDefaults settings;
  private final ProcessEnvironment environment;

  /** As the newest run with this workspace used it. */
  private final Map<String, RunSpec.Workspace> recordedByName = new TreeMap<>();

  /** The workspaces of the newest run. */
  private final Set<String> newest = new TreeSet<>();

  private KnownKeys(SettingsDefaults settings, ProcessEnvironment environment) {
    this.settings = settings;
    this.environment = environment;
  }

  /**
   * The workspaces of the newest run and those in the config file, by name. Runs against the
   * embedded sandbox do not count, because it is new each time.
   */
  public static List<RunSpec.Workspace> of(
      RecordedRuns runs, SettingsDefaults settings, ProcessEnvironment environment) {
    KnownKeys keys = new KnownKeys(settings, environment);
    keys.read(runs.runs());
    return keys.list();
  }

  private void read(List<RunRecord> runs) {
    for (int i = runs.size() - 1; i >= 0; i--) {
      RunSpec spec = runs.get(i).spec();
      if (!spec.isRehearsal()) {
        boolean isNewest = recordedByName.isEmpty();
        for (RunSpec.Workspace workspace : spec.workspaces()) {
          recordedByName.putIfAbsent(workspace.name(), workspace);
          if (isNewest) {
            newest.add(workspace.name());
          }
        }
      }
    }
  }

  private List<RunSpec.Workspace> list() {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(settings.workspaces().names());
    names.addAll(newest);
    Optional<String> keyOfDefault = Workspaces.keyHash(environment);
    if (keyOfDefault.isPresent()) {
      names.add(WorkspaceNames.DEFAULT);
    }
    List<RunSpec.Workspace> known = new ArrayList<>();
    for (String name : names) {
      (name.equals(WorkspaceNames.DEFAULT) ? ofDefault(keyOfDefault) : ofNamed(name))
          .ifPresent(known::add);
    }
    return known;
  }

  /** The command line can change its target, so only a run knows it. */
  private Optional<RunSpec.Workspace> ofDefault(Optional<String> keyHash) {
    return Optional.ofNullable(recordedByName.get(WorkspaceNames.DEFAULT))
        .map(
            recorded ->
                new RunSpec.Workspace(
                    recorded.name(), recorded.target(), keyHash.orElse(recorded.keyHash())));
  }

  private Optional<RunSpec.Workspace> ofNamed(String name) {
    Optional<RunSpec.Workspace> recorded = Optional.ofNullable(recordedByName.get(name));
    if (!settings.workspaces().names().contains(name)) {
      return recorded;
    }
    return settings
        .workspaces()
        .keyFile(name)
        .flatMap(file -> new KeyFile(file.getKey(), file.getValue()).hash())
        .or(() -> recorded.map(RunSpec.Workspace::keyHash))
        .map(hash -> new RunSpec.Workspace(name, Workspaces.target(settings.baseUrl(name)), hash));
  }
}
