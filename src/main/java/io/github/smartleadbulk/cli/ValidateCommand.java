package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.account.Amount;
import io.github.smartleadbulk.account.WorkspaceNames;
import io.github.smartleadbulk.cli.option.Heading;
import io.github.smartleadbulk.cli.option.InputArguments;
import io.github.smartleadbulk.cli.option.RepeatableInput;
import io.github.smartleadbulk.cli.option.SettingsDefaults;
import io.github.smartleadbulk.cli.option.Under;
import io.github.smartleadbulk.cli.option.UsageException;
import io.github.smartleadbulk.cli.option.WorkspaceOptions;
import io.github.smartleadbulk.cli.output.PlainJson;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.cli.process.StandardError;
import io.github.smartleadbulk.guard.TextCheck;
import io.github.smartleadbulk.input.InputFile;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.input.InputRows;
import io.github.smartleadbulk.input.Inspection;
import io.github.smartleadbulk.input.Remarks;
import io.github.smartleadbulk.input.RowMessages;
import io.github.smartleadbulk.input.RowVerdict;
import io.github.smartleadbulk.run.ExitCode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.core.JsonGenerator;

@Command(
    name = "validate",
    description = {
      "Checks every row of FILE without a call, and prints the problems.",
      "",
      "Example:",
      "  ./run.sh validate accounts.csv"
    })
final class ValidateCommand extends Subcommand {

  @Mixin InputArguments input = new InputArguments();
  @Mixin WorkspaceOptions workspace = new WorkspaceOptions();

  @Under(Heading.GUARDS)
  @Option(names = "--strict", description = "Count warnings as problems.")
  boolean strict;

  @Under(Heading.OUTPUT)
  @Option(names = "--json", description = "Print the report as one JSON object.")
  boolean json;

  ValidateCommand(ProcessEnvironment environment) {
    super(environment);
  }

  @Override
  ExitCode execute() throws IOException {
    WorkspaceNames workspaces = workspace.names(SettingsDefaults.of(spec), false);
    try (RepeatableInput content = RepeatableInput.open(input.path(environment), environment)) {
      return validate(content.path(), workspaces);
    }
  }

  private ExitCode validate(Path path, WorkspaceNames workspaces) throws IOException {
    InputFile file = input.options(environment, workspaces, false, false).open(path, input.name());
    if (!input.dialect.allowEmpty && !file.hasRows()) {
      throw new UsageException(InputFile.withoutRows(input.name()));
    }
    StandardError messages = messages(quiet);
    Remarks remarks = file.remarks();
    if (!quiet) {
      remarks.notes().forEach(messages::note);
    }
    remarks.warnings().forEach(messages::warning);
    TextCheck texts = new TextCheck(new RowMessages(messages::warning, verbose, ""));
    Inspection inspection = file.inspect(texts::add);
    texts.end();
    if (json) {
      printJson(file, inspection, texts.rows());
    } else {
      print(file, inspection);
    }
    boolean fine =
        inspection.invalid() == 0
            && !(strict && (texts.rows() > 0 || !remarks.warnings().isEmpty()));
    messages.ended(fine);
    return fine ? ExitCode.OK : ExitCode.ROWS_NEED_ATTENTION;
  }

  private void print(InputFile file, Inspection inspection) throws IOException {
    PrintStream out = environment.text();
    if (inspection.invalid() > 0) {
      RowMessages rows = new RowMessages(out::println, verbose, "");
      forEachInvalid(file, inspection, rows::add);
      rows.end();
    }
    if (!quiet || inspection.invalid() > 0) {
      out.printf(
          Locale.ROOT,
          "%s: %s: %,d valid, %,d invalid, %,d skipped%n",
          input.name(),
          Amount.of(inspection.rows(), "row"),
          inspection.valid(),
          inspection.invalid(),
          inspection.skipped());
    }
  }

  private void printJson(InputFile file, Inspection inspection, long warned) throws IOException {
    try (JsonGenerator generator = PlainJson.to(environment.out())) {
      generator.writeStartObject();
      generator.writeStringProperty("input", input.name());
      generator.writeNumberProperty("rows", inspection.rows());
      generator.writeNumberProperty("valid", inspection.valid());
      generator.writeNumberProperty("invalid", inspection.invalid());
      generator.writeNumberProperty("skipped", inspection.skipped());
      generator.writeNumberProperty("rows_with_warnings", warned);
      generator.writeArrayPropertyStart("problems");
      if (inspection.invalid() > 0) {
        forEachInvalid(file, inspection, row -> writeProblems(generator, row));
      }
      generator.writeEndArray();
      generator.writeEndObject();
    }
    environment.out().println();
  }

  private static void writeProblems(JsonGenerator generator, InputRow row) {
    for (var problem : ((RowVerdict.Invalid) row.verdict()).problems()) {
      generator.writeStartObject();
      generator.writeNumberProperty("row", row.row().number());
      generator.writeNumberProperty("line", row.row().line());
      generator.writeStringProperty("column", problem.column());
      generator.writeStringProperty("found", problem.found());
      generator.writeStringProperty("expected", problem.expected());
      generator.writeEndObject();
    }
  }

  private static void forEachInvalid(
      InputFile file, Inspection inspection, Consumer<InputRow> action) throws IOException {
    try (InputRows rows = file.rows(inspection.duplicates())) {
      for (InputRow row = rows.read(); row != null; row = rows.read()) {
        if (row.verdict() instanceof RowVerdict.Invalid) {
          action.accept(row);
        }
      }
    }
  }
}
