package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.cli.option.Heading;
import io.github.smartleadbulk.cli.option.HelpOptions;
import io.github.smartleadbulk.cli.option.Repeated;
import io.github.smartleadbulk.cli.option.StateLockOptions;
import io.github.smartleadbulk.cli.option.Under;
import io.github.smartleadbulk.cli.process.Logs;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.cli.process.StandardError;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.FaultMessages;
import io.github.smartleadbulk.run.Invocation;
import io.github.smartleadbulk.run.UnfinishedRunException;
import io.github.smartleadbulk.state.StateStore;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command: options in, exit code out. */
@Command(abbreviateSynopsis = true, parameterListHeading = "%n")
public abstract class Subcommand implements Callable<Integer> {

  /** Longer than every wait, and short enough for sums. */
  static final Duration NO_DEADLINE = Duration.ofDays(1_000_000);

  @Mixin HelpOptions help = new HelpOptions();

  @Under(Heading.OUTPUT)
  @Option(
      names = {"-q", "--quiet"},
      description = "Print no progress, and no report or warnings if the exit code is 0.")
  boolean quiet;

  @Under(Heading.OUTPUT)
  @Option(
      names = {"-v", "--verbose"},
      description = "Print more detail: each invalid row, and stack traces.")
  boolean verbose;

  @Under(Heading.OUTPUT)
  @Option(names = "--no-color", description = "Print without colours (variable: NO_COLOR).")
  boolean noColor;

  @Spec CommandSpec spec;

  public final ProcessEnvironment environment;

  Subcommand(ProcessEnvironment environment) {
    this.environment = environment;
  }

  /** Is called first, before anything is opened; what is asked here has left no trace. */
  void begin() {}

  abstract ExitCode execute() throws Exception;

  /** How much time there is for everything, waiting included. */
  Duration untilDeadline() {
    return NO_DEADLINE;
  }

  /** The state folder, when no other run uses it any more. */
  final StateStore open(StateLockOptions state) throws ReflectiveOperationException {
    return state.open(
        environment,
        this::untilDeadline,
        text -> {
          if (!quiet) {
            messages().note(text);
          }
        });
  }

  @Override
  public final Integer call() {
    Logs.set(verbose);
    ExitCode code;
    String failure = null;
    try {
      begin();
      code = execute();
    } catch (ParameterException e) {
      // Told with a hint at the help.
      throw e;
    } catch (UnfinishedRunException e) {
      if (!quiet) {
        messages().note(FaultMessages.of(e));
      }
      return ExitCode.OK.code();
    } catch (Exception e) {
      code = new Failures(environment.err()).report(e, verbose);
      failure = FaultMessages.of(e);
    }
    ended(code, failure);
    return code.code();
  }

  /**
   * Is called when everything is closed and told; changes nothing of the end.
   *
   * @param failure the exception's message; null where the command came to its own end
   */
  void ended(ExitCode code, @Nullable String failure) {}

  /** Options of this command line without which a resumed run would be another one. */
  private String optionsToRepeat() {
    StringBuilder options = new StringBuilder();
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      Repeated repeated = Heading.find(option, Repeated.class);
      if (repeated != null && repeated.value()) {
        options.append(' ').append(option.longestName());
        option
            .originalStringValues()
            .forEach(value -> options.append(' ').append(Invocation.quoted(value)));
      }
    }
    return options.toString();
  }

  /** For commands that continue what this one has begun. */
  final Invocation invocation() {
    return new Invocation(environment.program(), optionsToRepeat());
  }

  StandardError messages() {
    return messages(false);
  }

  final StandardError messages(boolean holdWarnings) {
    return new StandardError(
        environment.err(), environment.errIsTerminal() && !noColor, holdWarnings);
  }
}
