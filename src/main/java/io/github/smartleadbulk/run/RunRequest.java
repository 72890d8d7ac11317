package io.github.smartleadbulk.run;

import io.github.smartleadbulk.file.Fingerprint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The request to apply an input.
 *
 * @param command the name of the command
 * @param name what messages call the input
 * @param path absolute; null for standard input
 * @param origin the run that is retried, applied or rolled back; null for none
 */
public record RunRequest(
    String command,
    String name,
    @Nullable Path path,
    InputSource input,
    RunOptions options,
    RunPlace place,
    OnUnfinished onUnfinished,
    @Nullable Integer origin) {

  /** Where the run's copy of the input comes from. */
  @FunctionalInterface
  public interface InputSource {

    /**
     * Writes the copy and replaces any file there.
     *
     * @param name what messages call the input
     * @return the fingerprint of the copy
     * @throws io.github.smartleadbulk.csv.InputException if the input is refused at its header
     */
    String copyTo(Path copy, String name, RunOptions options) throws IOException;

    /** A file or stream that the user gives. */
    static InputSource of(InputStreamSource content) {
      return (copy, name, options) -> {
        try (InputStream in = content.open()) {
          return InputCopy.write(in, name, options, copy);
        }
      };
    }

    /** An input that the program itself writes. */
    static InputSource written(InputWriter writer) {
      return (copy, name, options) -> {
        writer.writeTo(copy);
        return Fingerprint.of(copy);
      };
    }
  }

  /** Opens the input; the caller closes it. */
  @FunctionalInterface
  public interface InputStreamSource {
    InputStream open() throws IOException;
  }

  /** Writes a file that only its owner can read, and forces it to the disk. */
  @FunctionalInterface
  public interface InputWriter {
    void writeTo(Path copy) throws IOException;
  }

  /** What to do with an unfinished run of the same input. */
  public enum OnUnfinished {
    RESUME,
    /** Leave the run as it is, and start no new run. */
    SKIP,
    /** Abandon the run, and start a new run. */
    FRESH
  }
}
