package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.account.DamagedText;
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

/** Which file, and how it is to be read. */
public final class InputArguments {

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "CSV with one account a row; - is standard input.")
  public @Nullable String file;

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  public @Mixin DialectOptions dialect = new DialectOptions();

  @Option(
      names = "--allow-zero",
      description =
          "Accept a daily limit of 0, which SmartLead takes for \"no limit\"; to stop a mailbox, set"
              + " is_suspended instead.")
  boolean allowZero;

  @Option(
      names = "--allow-damaged-text",
      description =
          "Send texts that are certainly damaged too: errors of a spreadsheet, lost letters,"
              + " placeholders that are left over.")
  boolean allowDamagedText;

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
  public List<String> set = new ArrayList<>();

  private @Nullable Fills fills;

  /** How the input is read, and what its rows set beyond their cells. */
  public RunOptions options(ProcessEnvironment surroundings, boolean force, boolean excel) {
    InputOptions options = options();
    // The template is read once: all that is said is said of the same text.
    if (fills == null) {
      fills = FillArguments.read(set, options, surroundings);
    }
    return new RunOptions(options, force, null, false, fills, excel, null);
  }

  private InputOptions options() {
    Charset charset = dialect.charset;
    if (charset != null && !charset.canEncode()) {
      // failed.csv is written in the input's own charset.
      throw new UsageException(
          "--charset: " + charset + " can only be read, expected one that can be written too");
    }
    return dialect
        .options(
            allowZero ? ZeroLimit.ALLOWED : ZeroLimit.REFUSED,
            duplicates,
            allowAbove ? Long.MAX_VALUE : ceiling)
        .with(allowDamagedText ? DamagedText.ALLOWED : DamagedText.REFUSED);
  }

  /** Where the input is; null for standard input. */
  @Nullable
  public Path path(ProcessEnvironment surroundings) {
    return argument().path(surroundings, "a CSV file");
  }

  private FileArgument argument() {
    if (file == null) {
      throw new ParameterException(command.commandLine(), "Missing required parameter: 'FILE'");
    }
    return new FileArgument(file);
  }

  /** What is asked by the file, to be carried out. */
  public RunRequest request(
      ProcessEnvironment surroundings,
      RunOptions options,
      RunPlace place,
      OnUnfinished onUnfinished) {
    Path path = path(surroundings);
    return new RunRequest(
        command.name(),
        name(),
        path,
        InputSource.of(() -> path == null ? surroundings.in() : Files.newInputStream(path)),
        options,
        place,
        onUnfinished,
        null);
  }

  /** What messages call the input. */
  public String name() {
    return argument().name();
  }
}
