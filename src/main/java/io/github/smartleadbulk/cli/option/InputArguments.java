package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.account.DamagedText;
import io.github.smartleadbulk.account.WorkspaceNames;
import io.github.smartleadbulk.account.ZeroLimit;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.fill.Fills;
import io.github.smartleadbulk.input.DuplicatePolicy;
import io.github.smartleadbulk.input.InputOptions;
import io.github.smartleadbulk.run.RunOptions;
import io.github.smartleadbulk.run.RunPlace;
import io.github.smartleadbulk.run.RunRequest;
import io.github.smartleadbulk.run.RunRequest.InputSource;
import io.github.smartleadbulk.run.RunRequest.OnUnfinished;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The input file and how to read it. */
@Under(Heading.INPUT)
public final class InputArguments {

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "CSV file with one account per row. Use - for standard input.")
  public @Nullable String file;

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  public @Mixin DialectOptions dialect = new DialectOptions();

  @Option(
      names = "--allow-zero",
      description =
          "Accept a daily limit of 0. SmartLead reads 0 as \"no limit\": to stop a mailbox, set is_suspended instead.")
  boolean allowZero;

  @Option(
      names = "--allow-damaged-text",
      description =
          "Accept texts that are certainly damaged: spreadsheet errors, lost letters, leftover placeholders.")
  boolean allowDamagedText;

  @Option(
      names = "--ceiling",
      paramLabel = "N",
      defaultValue = "" + InputOptions.USUAL_CEILING,
      description =
          "Highest daily limit to accept. A row above it is invalid (default: ${DEFAULT-VALUE}).")
  long ceiling;

  @Option(names = "--allow-above", description = "Accept daily limits above the ceiling.")
  boolean allowAbove;

  @Option(
      names = "--duplicates",
      paramLabel = "refuse|merge",
      defaultValue = "refuse",
      description =
          "What to do with several rows for one account: refuse makes them all invalid, merge joins rows that agree (default: ${DEFAULT-VALUE}).")
  DuplicatePolicy duplicates;

  @OneRun
  @Option(
      names = "--set",
      paramLabel = "FIELD=VALUE",
      description = {
        "Set FIELD to VALUE in every row, or to the contents of a UTF-8 file with FIELD=@FILE. Repeat the option for several fields.",
        "In VALUE, {{first_name}} is the row's cell or the account's value. {{first_name|there}} has the default 'there'. A row without a value and without a default is invalid."
      })
  public List<String> set = new ArrayList<>();

  private @Nullable Fills fills;

  /**
   * The options that are stored with the run: how to read the input, and what rows set in addition
   * to their cells.
   *
   * @param workspaces that rows can be for
   */
  public RunOptions options(
      ProcessEnvironment environment, WorkspaceNames workspaces, boolean force, boolean excel) {
    InputOptions options = options().with(workspaces);
    // A template is read once, so that every check sees the same text.
    if (fills == null) {
      fills = FillArguments.read(set, options, environment);
    }
    return new RunOptions(options, force, null, false, fills, excel, null, null);
  }

  private InputOptions options() {
    Charset charset = dialect.charset;
    if (charset != null && !charset.canEncode()) {
      // failed.csv is written in the input's own charset.
      throw new UsageException(
          "--charset: "
              + charset
              + " can only be read, expected an encoding that can be written too");
    }
    return dialect
        .options(
            allowZero ? ZeroLimit.ALLOWED : ZeroLimit.REFUSED,
            duplicates,
            allowAbove ? Long.MAX_VALUE : ceiling)
        .with(allowDamagedText ? DamagedText.ALLOWED : DamagedText.REFUSED);
  }

  /** The path of the input; null for standard input. */
  @Nullable
  public Path path(ProcessEnvironment environment) {
    return argument().path(environment, "a CSV file");
  }

  private FileArgument argument() {
    if (file == null) {
      throw new ParameterException(command.commandLine(), "FILE is missing");
    }
    return new FileArgument(file);
  }

  /** The request to apply the file. */
  public RunRequest request(
      ProcessEnvironment environment,
      RunOptions options,
      RunPlace place,
      OnUnfinished onUnfinished) {
    Path path = path(environment);
    return new RunRequest(
        command.name(),
        name(),
        path,
        InputSource.of(() -> path == null ? environment.in() : Files.newInputStream(path)),
        options,
        place,
        onUnfinished,
        null);
  }

  /** The name of the input in messages. */
  public String name() {
    return argument().name();
  }
}
