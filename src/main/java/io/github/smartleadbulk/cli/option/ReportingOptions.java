package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.cli.config.WebhookUrl;
import io.github.smartleadbulk.notify.RunNotice;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a run reports. */
@Under(Heading.OUTPUT)
public final class ReportingOptions {

  @Option(
      names = "--results",
      paramLabel = "FILE",
      description = "File to write the results to (default: results.csv in the run folder).")
  public @Nullable Path results;

  public @Mixin GuardOptions guards = new GuardOptions();

  @Option(names = "--json", description = "Print the final report as one JSON object.")
  public boolean json;

  @Under(Heading.UNATTENDED)
  @Option(
      names = "--notify",
      paramLabel = "URL",
      description =
          "Post summary.json to this URL when the run has ended (variable: SMARTLEAD_NOTIFY). A failed post does not change the exit code.")
  public @Nullable WebhookUrl notify;

  @Under(Heading.UNATTENDED)
  @Option(
      names = "--notify-format",
      paramLabel = "json|slack",
      defaultValue = "json",
      description =
          "What to post to the URL: json (summary.json) or slack (a text). The default is ${DEFAULT-VALUE}.")
  public RunNotice.Format notifyFormat;
}
