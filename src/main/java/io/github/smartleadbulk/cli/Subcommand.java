package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.job.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command: options in, exit code out. */
abstract class Subcommand implements Callable<Integer> {

  @Mixin HelpOptions help = new HelpOptions();

  @Option(
      names = {"-q", "--quiet"},
      description = "No progress; nothing at all when all is well.")
  boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      description = "Say more, stack traces included.")
  boolean verbose;

  @Option(names = "--no-color", description = "No colours (also: the variable NO_COLOR).")
  boolean noColor;

  final Surroundings surroundings;

  Subcommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  abstract ExitCode execute() throws Exception;

  @Override
  public final Integer call() throws Exception {
    Logs.set(verbose);
    return execute().code();
  }

  final Messages messages() {
    return new Messages(surroundings.err(), surroundings.errIsTerminal() && !noColor);
  }
}
