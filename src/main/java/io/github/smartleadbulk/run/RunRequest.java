package io.github.smartleadbulk.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the user wants to apply, and where.
 *
 * @param command that was given
 * @param name what messages call the input
 * @param path absolute; null for standard input
 * @param origin the run whose rows are taken up again, or undone; null for none
 */
public record RunRequest(
    String command,
    String name,
    @Nullable Path path,
    InputStreamSource content,
    RunOptions options,
    RunPlace place,
    OnUnfinished onUnfinished,
    @Nullable Integer origin) {

  /** Opens the input; the caller closes it. */
  @FunctionalInterface
  public interface InputStreamSource {
    InputStream open() throws IOException;
  }

  /** What happens to an unfinished run of the same input. */
  public enum OnUnfinished {
    RESUME,
    /** It stays as it is, and no new run begins. */
    SKIP,
    /** It is abandoned, and a new run begins. */
    FRESH
  }
}
