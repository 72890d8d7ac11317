package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.run.SnapshotSettings;
import io.github.smartleadbulk.run.SnapshotSettings.Mode;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How much of the account list to read before sending. */
@Under(Heading.ACCOUNTS)
@Repeated
public final class SnapshotOptions {

  @Option(
      names = "--snapshot",
      paramLabel = "auto|full|none",
      defaultValue = "auto",
      description = {
        "How much of the account list to read before sending (default: ${DEFAULT-VALUE}).",
        "auto reads until every account in the file was seen, at most one page of 100 accounts per five rows. full reads the whole list. none reads nothing."
      })
  Mode mode;

  @Option(
      names = "--snapshot-age",
      paramLabel = "DURATION",
      defaultValue = "10m",
      description =
          "How long 'update' can use the snapshot that 'plan' has read (default: ${DEFAULT-VALUE}).")
  Duration age;

  public SnapshotSettings settings() {
    return new SnapshotSettings(mode, age);
  }
}
