package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.account.ZeroLimit;
import io.github.smartleadbulk.input.DuplicatePolicy;
import io.github.smartleadbulk.input.InputOptions;
import io.github.smartleadbulk.input.TableFile;
import io.github.smartleadbulk.ramp.Curve;
import io.github.smartleadbulk.ramp.PlanReader;
import io.github.smartleadbulk.ramp.PlanReading;
import io.github.smartleadbulk.ramp.RampPlan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which ramp plan, and how it is to be read. */
final class RampChoice {

  /** Problems of a bad plan that are told at once. */
  private static final int TOLD = 50;

  @Parameters(
      paramLabel = "PLAN.csv",
      description = "The ramps, one account a row; - is standard input.")
  String file;

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
      names = "--ceiling",
      paramLabel = "N",
      defaultValue = "" + InputOptions.USUAL_CEILING,
      description = "A plan that rises above it is refused (default: ${DEFAULT-VALUE}).")
  long ceiling;

  @Option(names = "--allow-above", description = "Accept daily limits above the ceiling.")
  boolean allowAbove;

  /**
   * Reads the plan.
   *
   * @throws UsageException if anything is wrong with it; the message has all problems
   */
  RampPlan read(Surroundings surroundings, Map<String, Curve> curvesByName) throws IOException {
    Path path = isStandardInput() ? null : surroundings.resolve(file);
    if (path != null && Files.isDirectory(path)) {
      throw new UsageException(file + ": is a folder, expected a ramp plan");
    }
    if (path != null && Files.isRegularFile(path)) {
      return read(path, curvesByName);
    }
    // A pipe can be read only once.
    Path copy = Files.createTempFile("smartlead-bulk", ".csv");
    try (InputStream content = path == null ? surroundings.in() : Files.newInputStream(path)) {
      Files.copy(content, copy, StandardCopyOption.REPLACE_EXISTING);
      return read(copy, curvesByName);
    } finally {
      Files.delete(copy);
    }
  }

  private RampPlan read(Path path, Map<String, Curve> curvesByName) throws IOException {
    TableFile table = TableFile.open(path, name(), planOptions(), PlanReader.COLUMNS);
    PlanReader reader = new PlanReader(table.columns(), curvesByName, mostAllowed());
    table.forEach(reader::add);
    PlanReading reading = reader.result();
    if (reading instanceof PlanReading.Refused refused) {
      throw new UsageException(told(refused.problems()));
    }
    return ((PlanReading.Good) reading).plan();
  }

  private String told(List<String> problems) {
    StringBuilder told = new StringBuilder(name());
    told.append(": the plan cannot be used, nothing was sent");
    problems.stream().limit(TOLD).forEach(problem -> told.append("\n  ").append(problem));
    if (problems.size() > TOLD) {
      told.append("\n  and ").append(problems.size() - TOLD).append(" more");
    }
    return told.toString();
  }

  private InputOptions planOptions() {
    try {
      return options(charset, InputChoice.delimiter(delimiter), ignoredColumns);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--delimiter: " + e.getMessage());
    }
  }

  /** How the input is read that is made of the plan. */
  InputOptions options() {
    return options(null, ',', Set.of());
  }

  private InputOptions options(
      @Nullable Charset of, @Nullable Character between, Set<String> ignored) {
    return new InputOptions(
        of, between, ignored, ZeroLimit.REFUSED, DuplicatePolicy.REFUSE, mostAllowed(), Set.of());
  }

  private long mostAllowed() {
    return allowAbove ? Long.MAX_VALUE : ceiling;
  }

  private boolean isStandardInput() {
    return file.equals("-");
  }

  /** What messages call the plan. */
  String name() {
    return isStandardInput() ? "standard input" : file;
  }
}
