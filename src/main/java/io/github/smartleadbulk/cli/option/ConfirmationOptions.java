package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import picocli.CommandLine.Option;

/** Whether to ask on a terminal before the command does what cannot be taken back by itself. */
@Under(Heading.UNATTENDED)
public final class ConfirmationOptions {

  @Option(
      names = "--yes",
      description =
          "Do not ask \"Go on?\" on a terminal. Without a terminal, nothing is asked in any case.")
  boolean yes;

  /** Whether the command has to ask, because somebody is there to answer. */
  public boolean isWanted(ProcessEnvironment environment) {
    return !yes && environment.canAsk();
  }
}
