package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.run.RunRequest.OnUnfinished;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What to do with an unfinished run of the same input. */
@Under(Heading.UNATTENDED)
public final class UnfinishedOptions {

  @Option(
      names = "--if-unfinished",
      paramLabel = "resume|skip|fresh",
      description =
          "What to do if a run of this file is unfinished: resume it, skip (do nothing), or fresh (abandon it and start again). The default is resume.")
  @Nullable OnUnfinished ifUnfinished;

  @Option(
      names = "--fresh",
      description =
          "Abandon an unfinished run of this file and start again. Short for --if-unfinished fresh.")
  boolean fresh;

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  /**
   * The user's choice. If two options contradict each other, the one on the command line counts.
   *
   * @throws UsageException if both are on the command line, or both in the config file
   */
  public OnUnfinished onUnfinished() {
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
