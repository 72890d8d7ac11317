package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.run.RunRequest.OnUnfinished;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What becomes of an unfinished run of the same input. */
public final class UnfinishedOptions {

  @Option(
      names = "--if-unfinished",
      paramLabel = "resume|skip|fresh",
      description =
          "Where a run of the same file is unfinished: go on with it, do nothing, or abandon it and"
              + " begin again (default: resume).")
  @Nullable OnUnfinished ifUnfinished;

  @Option(names = "--fresh", description = "The same as --if-unfinished fresh.")
  boolean fresh;

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  /**
   * What was chosen; of two that contradict each other the one on the command line.
   *
   * @throws UsageException if both stand there, or both in the config file
   */
  public OnUnfinished choice() {
    if (!fresh || ifUnfinished == null) {
      return fresh ? OnUnfinished.FRESH : ifUnfinished == null ? OnUnfinished.RESUME : ifUnfinished;
    }
    boolean freshHere = isGiven("--fresh");
    if (ifUnfinished != OnUnfinished.FRESH && freshHere == isGiven("--if-unfinished")) {
      throw new UsageException(
          "--fresh contradicts --if-unfinished " + ifUnfinished.name().toLowerCase(Locale.ROOT));
    }
    return freshHere ? OnUnfinished.FRESH : ifUnfinished;
  }

  private boolean isGiven(String option) {
    return command.commandLine().getParseResult().hasMatchedOption(option);
  }
}
