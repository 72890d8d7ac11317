package io.github.smartleadbulk.job;

import io.github.smartleadbulk.input.InputOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a user asks to be applied, and where.
 *
 * @param command that was given
 * @param name what messages call the input
 * @param path absolute; null for standard input
 * @param target base URL, or {@code sandbox} for the embedded one
 * @param keyHash identifies the key
 * @param results where {@code results.csv} goes; null for the run's folder
 * @param origin the run whose rows are taken up again; null for none
 */
public record RunRequest(
    String command,
    String name,
    @Nullable Path path,
    InputStreamSource content,
    InputOptions options,
    String target,
    String keyHash,
    OnUnfinished onUnfinished,
    @Nullable Path results,
    @Nullable Integer origin) {

  /** Opens the input; the caller closes it. */
  @FunctionalInterface
  public interface InputStreamSource {
    InputStream open() throws IOException;
  }

  /** What happens to an unfinished run of the same input. */
  public enum OnUnfinished {
    RESUME,
    /** It is abandoned, and a new run begins. */
    BEGIN_ANEW
  }
}
