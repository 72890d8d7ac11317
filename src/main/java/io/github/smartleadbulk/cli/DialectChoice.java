package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.account.ZeroLimit;
import io.github.smartleadbulk.input.DuplicatePolicy;
import io.github.smartleadbulk.input.InputOptions;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a CSV is written that a command reads. */
final class DialectChoice {

  @Option(
      names = "--charset",
      paramLabel = "NAME",
      description = "Encoding of a file without byte order mark (default: UTF-8).")
  @Nullable Charset charset;

  @Option(
      names = "--delimiter",
      paramLabel = "CHAR",
      description = "Between cells: a character, or 'tab' (default: , ; or tab, by the header).")
  @Nullable String delimiter;

  @Option(
      names = "--ignore-columns",
      paramLabel = "NAME",
      split = ",",
      description = "Columns that are none of the program's business.")
  Set<String> ignoredColumns = new TreeSet<>();

  /**
   * @throws UsageException if one of them cannot be
   */
  InputOptions options(ZeroLimit zeroLimit, DuplicatePolicy duplicates, long ceiling) {
    try {
      return new InputOptions(
          charset, delimiter(), ignoredColumns, zeroLimit, duplicates, ceiling, Set.of());
    } catch (IllegalArgumentException e) {
      throw new UsageException("--delimiter: " + e.getMessage());
    }
  }

  private @Nullable Character delimiter() {
    if (delimiter == null) {
      return null;
    }
    if (delimiter.toLowerCase(Locale.ROOT).equals("tab") || delimiter.equals("\\t")) {
      return '\t';
    }
    if (delimiter.length() != 1) {
      throw new UsageException(
          "--delimiter: found " + Cells.shown(delimiter) + ", expected one character, or tab");
    }
    return delimiter.charAt(0);
  }
}
