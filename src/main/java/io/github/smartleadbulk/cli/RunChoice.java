package io.github.smartleadbulk.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a run is carried out and what it tells. */
final class RunChoice {

  @Option(
      names = "--results",
      paramLabel = "FILE",
      description = "Where the results go (default: results.csv in the run's folder).")
  @Nullable Path results;

  @Option(
      names = "--strict",
      description = "One invalid row or warning about the input, and nothing is sent.")
  boolean strict;

  @Mixin GuardChoice guards = new GuardChoice();

  @Option(names = "--json", description = "The final report as one JSON object on standard output.")
  boolean json;

  @Option(
      names = "--notify",
      paramLabel = "URL",
      description =
          "Posts summary.json there when the run has ended, however it ended (variable"
              + " SMARTLEAD_NOTIFY). Never changes the exit code.")
  @Nullable Webhook notify;

  @Option(
      names = "--notify-format",
      paramLabel = "json|slack",
      defaultValue = "json",
      description = "summary.json, or a text as Slack takes it (default: ${DEFAULT-VALUE}).")
  Notice.Format notifyFormat;
}
