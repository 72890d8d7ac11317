package io.github.smartleadbulk.state;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run does, and what must not change when it is resumed.
 *
 * @param command the command that began the run
 * @param inputName the file as the user named it
 * @param inputPath absolute path; null for standard input
 * @param fingerprint SHA-256 of the input's bytes, in hexadecimal
 * @param target base URL of the API, or {@link #SANDBOX}
 * @param keyHash identifies the key without revealing it
 * @param options what else must not change when the run is resumed, value by name
 * @param origin the run whose rows this run retries or restores; null for none
 */
public record RunSpec(
    String command,
    String inputName,
    @Nullable String inputPath,
    String fingerprint,
    String target,
    String keyHash,
    Map<String, String> options,
    @Nullable Integer origin) {

  /** The target of every embedded sandbox: its port changes, its accounts do not. */
  public static final String SANDBOX = "sandbox";

  /** The command of runs that show changes and send nothing. */
  public static final String PLAN = "plan";

  /** The option under which a dry run keeps the command whose changes it shows. */
  public static final String PLAN_OF = "plan-of";

  public RunSpec {
    options = Map.copyOf(options);
  }

  /** Whether the run uses the embedded sandbox. */
  public boolean isRehearsal() {
    return target.equals(SANDBOX);
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
    return new RunSpec(PLAN, inputName, inputPath, fingerprint, target, keyHash, all, origin);
  }

  RunSpec with(Map<String, String> otherOptions) {
    return new RunSpec(
        command, inputName, inputPath, fingerprint, target, keyHash, otherOptions, origin);
  }

  /**
   * The spec after another process has resumed the run.
   *
   * @param changed options that this process has given another value
   */
  RunSpec resumed(String newKeyHash, Map<String, String> changed) {
    Map<String, String> merged = new HashMap<>(options);
    merged.putAll(changed);
    return new RunSpec(
        command, inputName, inputPath, fingerprint, target, newKeyHash, merged, origin);
  }
}
