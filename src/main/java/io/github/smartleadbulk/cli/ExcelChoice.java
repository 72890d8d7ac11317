package io.github.smartleadbulk.cli;

import picocli.CommandLine.Option;

/** Who opens the CSV files that a command writes. */
final class ExcelChoice {

  @Option(
      names = "--excel",
      description =
          "Begin CSV files with a byte order mark, so that Excel reads them, and saves them, as"
              + " UTF-8.")
  boolean excel;
}
