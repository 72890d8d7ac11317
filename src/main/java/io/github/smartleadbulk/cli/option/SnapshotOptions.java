package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.run.SnapshotSettings;
import io.github.smartleadbulk.run.SnapshotSettings.Mode;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How much of the account list is read first. */
public final class SnapshotOptions {

  @Option(
      names = "--snapshot",
      paramLabel = "auto|full|none",
      defaultValue = "auto",
      description = {
        "What is read of the accounts before anything is sent: until all of FILE were seen, at most"
            + " one page of 100 for five rows; the whole list; or nothing (default:"
            + " ${DEFAULT-VALUE})."
      })
  Mode mode;

  @Option(
      names = "--snapshot-age",
      paramLabel = "DURATION",
      defaultValue = "10m",
      description =
          "For how long what a plan has read of the accounts holds (default: ${DEFAULT-VALUE}).")
  Duration age;

  public SnapshotSettings settings() {
    return new SnapshotSettings(mode, age);
  }
}
