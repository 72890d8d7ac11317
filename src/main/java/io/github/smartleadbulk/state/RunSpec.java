package io.github.smartleadbulk.state;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run is about and what must be the same when it is resumed.
 *
 * @param command that began it
 * @param inputName as the user called the file
 * @param inputPath absolute; null for standard input
 * @param fingerprint SHA-256 of the input's bytes, in hexadecimal
 * @param target base URL of the API, or {@code sandbox}
 * @param keyHash identifies the key without telling it
 * @param options what else must be the same when the run is resumed, value by name
 * @param origin the run whose rows this one takes up again; null for none
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

  /** The command of runs that only say what they would do. */
  public static final String PLAN = "plan";

  public RunSpec {
    options = Map.copyOf(options);
  }

  public boolean isPlan() {
    return command.equals(PLAN);
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
