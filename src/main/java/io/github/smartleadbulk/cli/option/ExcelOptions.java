package io.github.smartleadbulk.cli.option;

import picocli.CommandLine.Option;

/** Who opens the CSV files that a command writes. */
public final class ExcelOptions {

  @Option(
      names = "--excel",
      description =
          "Begin CSV files with a byte order mark, so that Excel reads them, and saves them, as"
              + " UTF-8.")
  public boolean excel;
}
