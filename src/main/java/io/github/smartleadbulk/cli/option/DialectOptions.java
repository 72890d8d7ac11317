package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.account.ColumnName;
import io.github.smartleadbulk.account.ZeroLimit;
import io.github.smartleadbulk.input.DuplicatePolicy;
import io.github.smartleadbulk.input.InputOptions;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to read a CSV file. */
@Under(Heading.INPUT)
public final class DialectOptions {

  @Option(
      names = "--charset",
      paramLabel = "NAME",
      description = "Encoding of a file without a byte order mark (default: UTF-8).")
  @Nullable Charset charset;

  @Option(
      names = "--delimiter",
      paramLabel = "CHAR",
      description = "Character between cells, or 'tab' (default: found from the header).")
  @Nullable String delimiter;

  @Option(
      names = "--ignore-columns",
      paramLabel = "NAME",
      split = ",",
      description = "Columns to ignore, separated by commas. Their cells are not kept.")
  Set<String> ignoredColumns = new TreeSet<>();

  @Option(
      names = "--map",
      paramLabel = "THEIRS=OURS",
      split = ";",
      description =
          "Read the file's column THEIRS as the column OURS, such as \"Daily Limit=max_email_per_day\". Repeat the option, or put ; between pairs.")
  List<String> map = new ArrayList<>();

  @Option(
      names = "--allow-empty",
      description = "Accept a file with a header and no rows, and exit 0.")
  public boolean allowEmpty;

  /**
   * @throws UsageException if a value is not allowed
   */
  InputOptions options(ZeroLimit zeroLimit, DuplicatePolicy duplicates, long ceiling) {
    try {
      return new InputOptions(charset, delimiter(), ignoredColumns, zeroLimit, duplicates, ceiling)
          .named(names())
          .emptyAllowed(allowEmpty);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--delimiter: " + e.getMessage());
    }
  }

  private Map<String, String> names() {
    Map<String, String> ownNamesByTheirs = new TreeMap<>();
    for (String pair : map) {
      int equals = pair.lastIndexOf('=');
      String own = pair.substring(equals + 1);
      if (equals < 1 || Cells.isBlank(own)) {
        throw new UsageException(
            "--map: found "
                + Cells.shown(pair)
                + ", expected THEIRS=OURS, such as \"Daily Limit=max_email_per_day\"");
      }
      if (ownNamesByTheirs.put(ColumnName.normalized(pair.substring(0, equals)), own) != null) {
        throw new UsageException(
            "--map: found "
                + Cells.shown(pair.substring(0, equals))
                + " twice, expected each column once");
      }
    }
    return ownNamesByTheirs;
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
