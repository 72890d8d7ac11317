package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.notify.RunNotice;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a run is carried out and what it tells. */
public final class ReportingOptions {

  @Option(
      names = "--results",
      paramLabel = "FILE",
      description = "Where the results go (default: results.csv in the run's folder).")
  public @Nullable Path results;

  @Option(
      names = "--strict",
      description = "One invalid row or warning about the input, and nothing is sent.")
  public boolean strict;

  public @Mixin GuardOptions guards = new GuardOptions();

  @Option(names = "--json", description = "The final report as one JSON object on standard output.")
  public boolean json;

  @Option(
      names = "--notify",
      paramLabel = "URL",
      description =
          "Posts summary.json there when the run has ended, however it ended (variable"
              + " SMARTLEAD_NOTIFY). Never changes the exit code.")
  public @Nullable WebhookUrl notify;

  @Option(
      names = "--notify-format",
      paramLabel = "json|slack",
      defaultValue = "json",
      description = "summary.json, or a text as Slack takes it (default: ${DEFAULT-VALUE}).")
  public RunNotice.Format notifyFormat;
}
