package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.account.ZeroLimit;
import io.github.smartleadbulk.input.DuplicatePolicy;
import io.github.smartleadbulk.input.InputOptions;
import io.github.smartleadbulk.job.Fills;
import io.github.smartleadbulk.job.RunOptions;
import io.github.smartleadbulk.job.RunPlace;
import io.github.smartleadbulk.job.RunRequest;
import io.github.smartleadbulk.job.RunRequest.OnUnfinished;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which file, and how it is to be read. */
final class InputChoice {

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "CSV with one account a row; - is standard input.")
  @Nullable String file;

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

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

  @Option(
      names = "--allow-zero",
      description = "Accept a daily limit of 0; what SmartLead takes it for is disputed.")
  boolean allowZero;

  @Option(
      names = "--ceiling",
      paramLabel = "N",
      defaultValue = "" + InputOptions.USUAL_CEILING,
      description = "Daily limits above it are invalid (default: ${DEFAULT-VALUE}).")
  long ceiling;

  @Option(names = "--allow-above", description = "Accept daily limits above the ceiling.")
  boolean allowAbove;

  @Option(
      names = "--duplicates",
      paramLabel = "refuse|merge",
      defaultValue = "refuse",
      description = "Several rows for one account: all invalid, or joined where they agree.")
  DuplicatePolicy duplicates;

  @Option(
      names = "--set",
      paramLabel = "FIELD=VALUE",
      description = {
        "Every row sets FIELD to VALUE, or to what @FILE holds; may be given for several fields.",
        "{{first_name}} in it is the row's cell or the account's value, {{first_name|there}} has a"
            + " default; without one, a row where it is empty is invalid."
      })
  List<String> set = new ArrayList<>();

  private @Nullable Fills fills;

  /** How the input is read, and what its rows set beyond their cells. */
  RunOptions options(Surroundings surroundings, boolean force) {
    InputOptions options = options();
    // The template is read once: all that is said is said of the same text.
    if (fills == null) {
      fills = FillOptions.read(set, options, surroundings);
    }
    return new RunOptions(options, force, null, false, fills);
  }

  private InputOptions options() {
    if (charset != null && !charset.canEncode()) {
      // failed.csv is written in the input's own charset.
      throw new UsageException(
          "--charset: " + charset + " can only be read, expected one that can be written too");
    }
    try {
      return new InputOptions(
          charset,
          delimiter(delimiter),
          ignoredColumns,
          allowZero ? ZeroLimit.ALLOWED : ZeroLimit.REFUSED,
          duplicates,
          allowAbove ? Long.MAX_VALUE : ceiling,
          Set.of());
    } catch (IllegalArgumentException e) {
      throw new UsageException("--delimiter: " + e.getMessage());
    }
  }

  static @Nullable Character delimiter(@Nullable String delimiter) {
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

  /** Where the input is; null for standard input. */
  @Nullable Path path(Surroundings surroundings) {
    if (isStandardInput()) {
      return null;
    }
    Path path = surroundings.resolve(file());
    if (Files.isDirectory(path)) {
      throw new UsageException(file() + ": is a folder, expected a CSV file");
    }
    return path;
  }

  private boolean isStandardInput() {
    return file().equals("-");
  }

  private String file() {
    if (file == null) {
      throw new ParameterException(command.commandLine(), "Missing required parameter: 'FILE'");
    }
    return file;
  }

  /** What is asked by the file, to be carried out. */
  RunRequest request(
      Surroundings surroundings, boolean force, RunPlace place, OnUnfinished onUnfinished) {
    Path path = path(surroundings);
    return new RunRequest(
        command.name(),
        name(),
        path,
        () -> path == null ? surroundings.in() : Files.newInputStream(path),
        options(surroundings, force),
        place,
        onUnfinished,
        null);
  }

  /** What messages call the input. */
  String name() {
    return isStandardInput() ? "standard input" : file();
  }
}
