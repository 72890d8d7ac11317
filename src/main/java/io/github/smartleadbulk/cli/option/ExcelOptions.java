package io.github.smartleadbulk.cli.option;

import picocli.CommandLine.Option;

/** Whether the CSV files that a command writes are for Excel. */
@Under(Heading.OUTPUT)
public final class ExcelOptions {

  @Option(
      names = "--excel",
      description =
          "Start CSV files with a byte order mark, so that Excel reads and saves them as UTF-8.")
  public boolean enabled;
}
