package io.github.smartleadbulk.state;

import io.github.smartleadbulk.account.Amount;
import io.github.smartleadbulk.account.WorkspaceNames;
import io.github.smartleadbulk.file.Fingerprint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a run does, and what must not change when it is resumed.
 *
 * @param command the command that began the run
 * @param inputName the file as the user named it
 * @param inputPath absolute path; null for standard input
 * @param fingerprint SHA-256 of the input's bytes, in hexadecimal
 * @param workspaces the workspaces that rows are for, at least one; their order never changes
 * @param options what else must not change when the run is resumed, value by name
 * @param origin the run whose rows this run retries or restores; null for none
 */
public record RunSpec(
    String command,
    String inputName,
    @Nullable String inputPath,
    String fingerprint,
    List<Workspace> workspaces,
    Map<String, String> options,
    @Nullable Integer origin) {

  /** The target of every embedded sandbox: its port changes, its accounts do not. */
  public static final String SANDBOX = "sandbox";

  /** The command of runs that show changes and send nothing. */
  public static final String PLAN = "plan";

  /** The option under which a dry run keeps the command whose changes it shows. */
  public static final String PLAN_OF = "plan-of";

  /**
   * A workspace of a run.
   *
   * @param target base URL of the API, or {@link #SANDBOX}
   * @param keyHash identifies the key without revealing it
   */
  public record Workspace(String name, String target, String keyHash) {

    /** See {@link CallLog#caller}. */
    public String caller() {
      return CallLog.caller(keyHash, target);
    }
  }

  public RunSpec {
    workspaces = List.copyOf(workspaces);
    options = Map.copyOf(options);
  }

  /** The spec of a run whose rows are all for the workspace {@code default}. */
  public RunSpec(
      String command,
      String inputName,
      @Nullable String inputPath,
      String fingerprint,
      String target,
      String keyHash,
      Map<String, String> options,
      @Nullable Integer origin) {
    this(
        command,
        inputName,
        inputPath,
        fingerprint,
        List.of(new Workspace(WorkspaceNames.DEFAULT, target, keyHash)),
        options,
        origin);
  }

  /**
   * The base URL of the API or {@link #SANDBOX}; all of them, if workspaces have different ones.
   */
  public String target() {
    return workspaces.stream()
        .map(Workspace::target)
        .distinct()
        .sorted()
        .collect(Collectors.joining(" "));
  }

  /** Identifies the keys of all workspaces without revealing them. */
  public String keyHash() {
    return workspaces.size() == 1 ? workspaces.get(0).keyHash() : hash();
  }

  private String hash() {
    String all =
        workspaces.stream()
            .map(workspace -> workspace.name() + "=" + workspace.keyHash())
            .sorted()
            .collect(Collectors.joining("\n"));
    return Fingerprint.of(all);
  }

  /** Whether rows are for a workspace, whose name can be in any letter case. */
  public boolean isFor(String workspace) {
    return workspaces.stream().anyMatch(one -> one.name().equalsIgnoreCase(workspace));
  }

  /** Whether rows are for another workspace than {@code default}. */
  public boolean namesWorkspaces() {
    return workspaces.size() > 1 || !workspaces.get(0).name().equals(WorkspaceNames.DEFAULT);
  }

  /** Such as {@code acme} or {@code 3 workspaces}; empty if all rows are for {@code default}. */
  public String workspacesShown() {
    if (!namesWorkspaces()) {
      return "";
    }
    return workspaces.size() == 1
        ? workspaces.get(0).name()
        : Amount.of(workspaces.size(), "workspace");
  }

  /** Whether the run uses the embedded sandbox. */
  public boolean isRehearsal() {
    return target().equals(SANDBOX);
  }

  public boolean isPlan() {
    return command.equals(PLAN);
  }

  /** The command whose changes a dry run shows; empty for other runs, plans among them. */
  public Optional<String> planOf() {
    return Optional.ofNullable(options.get(PLAN_OF));
  }

  /** The command as people know it, such as {@code ramp --dry-run}. */
  public String commandShown() {
    return planOf().map(dry -> dry + " --dry-run").orElse(command);
  }

  /** What a dry run of this run does. */
  public RunSpec asDryRun() {
    Map<String, String> all = new HashMap<>(options);
    all.put(PLAN_OF, command);
    return new RunSpec(PLAN, inputName, inputPath, fingerprint, workspaces, all, origin);
  }

  RunSpec with(List<Workspace> otherWorkspaces, Map<String, String> otherOptions) {
    return new RunSpec(
        command, inputName, inputPath, fingerprint, otherWorkspaces, otherOptions, origin);
  }

  /**
   * The spec after another process has resumed the run.
   *
   * @param keyHashes of the keys that this process uses, in the order of the workspaces
   * @param changed options that this process has given another value
   */
  RunSpec resumed(List<String> keyHashes, Map<String, String> changed) {
    Map<String, String> merged = new HashMap<>(options);
    merged.putAll(changed);
    return with(rekeyed(keyHashes), merged);
  }

  private List<Workspace> rekeyed(List<String> keyHashes) {
    return IntStream.range(0, workspaces.size())
        .mapToObj(
            i ->
                i < keyHashes.size()
                    ? new Workspace(
                        workspaces.get(i).name(), workspaces.get(i).target(), keyHashes.get(i))
                    : workspaces.get(i))
        .toList();
  }
}
