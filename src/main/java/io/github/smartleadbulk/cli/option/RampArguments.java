package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.account.WorkspaceNames;
import io.github.smartleadbulk.account.ZeroLimit;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.input.DuplicatePolicy;
import io.github.smartleadbulk.input.InputFile;
import io.github.smartleadbulk.input.InputOptions;
import io.github.smartleadbulk.input.Remarks;
import io.github.smartleadbulk.input.TableFile;
import io.github.smartleadbulk.ramp.Curve;
import io.github.smartleadbulk.ramp.PlanReader;
import io.github.smartleadbulk.ramp.PlanReading;
import io.github.smartleadbulk.ramp.RampPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The ramp plan and how to read it. */
@Under(Heading.INPUT)
public final class RampArguments {

  /** How many problems of a bad plan the message lists. */
  private static final int TOLD = 50;

  @Parameters(
      paramLabel = "PLAN.csv",
      description = "CSV file with one ramp per row. Use - for standard input.")
  String file;

  @Mixin DialectOptions dialect = new DialectOptions();

  @Option(
      names = "--ceiling",
      paramLabel = "N",
      defaultValue = "" + InputOptions.USUAL_CEILING,
      description =
          "Highest daily limit to accept. A plan that rises above it is refused (default: ${DEFAULT-VALUE}).")
  long ceiling;

  @OneRun
  @Option(
      names = "--curve",
      paramLabel = "NAME=CURVE",
      description =
          "Define a curve that rows can name, such as usual=\"weeks: 5-10, 10-20, 30-50\". Repeat the option for several curves. It overrides curves.properties in the folder of PLAN.csv and the config file.")
  List<String> curves = new ArrayList<>();

  @Option(names = "--allow-above", description = "Accept daily limits above the ceiling.")
  boolean allowAbove;

  /**
   * Reads the plan.
   *
   * @param configured the curves in the config file
   * @param workspaces that rows can be for
   * @param told receives remarks about the file as a whole
   * @throws UsageException if the plan has problems; the message lists them
   */
  public RampPlan read(
      ProcessEnvironment environment,
      Map<String, Curve> configured,
      WorkspaceNames workspaces,
      Consumer<Remarks> told)
      throws IOException {
    Path path = file(environment);
    Curves defined = new Curves(curves, path);
    try (RepeatableInput content = RepeatableInput.open(path, environment)) {
      return read(content.path(), defined, defined.byName(configured), workspaces, told);
    }
  }

  private RampPlan read(
      Path path,
      Curves defined,
      Map<String, Curve> curvesByName,
      WorkspaceNames workspaces,
      Consumer<Remarks> told)
      throws IOException {
    InputOptions options =
        dialect.options(ZeroLimit.REFUSED, DuplicatePolicy.REFUSE, mostAllowed());
    TableFile table = TableFile.open(path, name(), options, PlanReader.COLUMNS);
    told.accept(table.remarks());
    PlanReader reader = new PlanReader(table.columns(), curvesByName, mostAllowed(), workspaces);
    table.forEach(reader::add);
    PlanReading reading = reader.result();
    if (reading instanceof PlanReading.Refused refused) {
      throw new UsageException(told(refused.problems()) + defined.hint(refused.unknownCurves()));
    }
    RampPlan plan = ((PlanReading.Good) reading).plan();
    if (plan.rows().isEmpty() && !dialect.allowEmpty) {
      throw new UsageException(InputFile.withoutRows(name()));
    }
    return plan;
  }

  private String told(List<String> problems) {
    StringBuilder told = new StringBuilder(name());
    told.append(": the plan cannot be used. Nothing was sent.");
    problems.stream().limit(TOLD).forEach(problem -> told.append("\n  ").append(problem));
    if (problems.size() > TOLD) {
      told.append("\n  and ").append(problems.size() - TOLD).append(" more");
    }
    return told.toString();
  }

  /**
   * How to read the input that is made from the plan.
   *
   * @param workspaces that rows can be for
   */
  public InputOptions options(WorkspaceNames workspaces) {
    return new InputOptions(
            null, ',', Set.of(), ZeroLimit.REFUSED, DuplicatePolicy.REFUSE, mostAllowed())
        .with(workspaces)
        .emptyAllowed(dialect.allowEmpty);
  }

  private long mostAllowed() {
    return allowAbove ? Long.MAX_VALUE : ceiling;
  }

  /** The absolute path of the plan; {@code -} for standard input. */
  public String path(ProcessEnvironment environment) {
    Path path = file(environment);
    return path == null ? name() : path.toAbsolutePath().toString();
  }

  /** The files that the plan is read from. */
  public List<Path> files(ProcessEnvironment environment) {
    Path path = file(environment);
    return path == null ? List.of() : List.of(path, Curves.beside(path));
  }

  private @Nullable Path file(ProcessEnvironment environment) {
    return new FileArgument(file).path(environment, "a ramp plan");
  }

  /** The name of the plan in messages. */
  public String name() {
    return new FileArgument(file).name();
  }
}
