package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.cli.option.ApiOptions;
import io.github.smartleadbulk.cli.option.ConfigOptions;
import io.github.smartleadbulk.cli.option.Heading;
import io.github.smartleadbulk.cli.option.HelpOptions;
import io.github.smartleadbulk.cli.option.Repeated;
import io.github.smartleadbulk.cli.option.SettingsDefaults;
import io.github.smartleadbulk.cli.option.StateLockOptions;
import io.github.smartleadbulk.cli.option.Under;
import io.github.smartleadbulk.cli.process.Logs;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.cli.process.StandardError;
import io.github.smartleadbulk.cli.target.Workspaces;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.FaultMessages;
import io.github.smartleadbulk.run.Invocation;
import io.github.smartleadbulk.run.UnfinishedRunException;
import io.github.smartleadbulk.state.StateStore;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command, which turns options into an exit code. */
@Command(abbreviateSynopsis = true, parameterListHeading = "%n")
public abstract class Subcommand implements Callable<Integer> {

  /** Longer than every wait, and short enough to add to. */
  static final Duration NO_DEADLINE = Duration.ofDays(1_000_000);

  @Mixin HelpOptions help = new HelpOptions();
  @Mixin ConfigOptions config = new ConfigOptions();

  @Under(Heading.OUTPUT)
  @Option(
      names = {"-q", "--quiet"},
      description =
          "Print no progress. If the exit code is 0, also print no report, and only warnings about what was left undone.")
  boolean quiet;

  @Under(Heading.OUTPUT)
  @Option(
      names = {"-v", "--verbose"},
      description =
          "Print more detail: each invalid row, every change of a plan, and stack traces.")
  boolean verbose;

  @Under(Heading.OUTPUT)
  @Option(names = "--no-color", description = "Print without colours (variable: NO_COLOR).")
  boolean noColor;

  @Spec CommandSpec spec;

  public final ProcessEnvironment environment;

  Subcommand(ProcessEnvironment environment) {
    this.environment = environment;
  }

  /**
   * Refuses settings of workspaces that are not valid, even those that the command does not use.
   */
  void checkWorkspaces() {
    var unused = SettingsDefaults.of(spec).workspaces();
  }

  /**
   * Called first, before anything is opened. A question that the user refuses here leaves no trace.
   */
  void begin() throws IOException {}

  abstract ExitCode execute() throws Exception;

  /** How much time the command has, including waiting. */
  Duration untilDeadline() {
    return NO_DEADLINE;
  }

  /** Opens the state folder when no other run uses it. */
  final StateStore open(StateLockOptions state) {
    return state.open(
        environment,
        this::untilDeadline,
        text -> {
          if (!quiet) {
            messages().note(text);
          }
        });
  }

  /** The profile whose settings count; null for none. */
  final @Nullable String profile() {
    return SettingsDefaults.of(spec).profile();
  }

  /** The workspaces that the options of the command leave to choose from. */
  final Workspaces workspaces(ApiOptions api) {
    return Workspaces.of(api, environment, messages()::warning);
  }

  @Override
  public final Integer call() {
    Logs.set(verbose);
    ExitCode code;
    String failure = null;
    try {
      if (!quiet) {
        SettingsDefaults.of(spec).unknownVariables().forEach(messages()::warning);
      }
      checkWorkspaces();
      begin();
      code = execute();
    } catch (ParameterException e) {
      // Picocli's own errors are printed with a hint to the help.
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
   * Called when everything is closed and printed. Does not change the exit code.
   *
   * @param failure the message of the exception; null if there was none
   */
  void ended(ExitCode code, @Nullable String failure) {}

  /** The options of this command line that the command to resume the run must repeat. */
  private String optionsToRepeat(Predicate<OptionSpec> chosen) {
    StringBuilder options = new StringBuilder();
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      Repeated repeated = Heading.find(option, Repeated.class);
      if (repeated != null && repeated.value() && chosen.test(option)) {
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
    return new Invocation(environment.program(), optionsToRepeat(option -> true));
  }

  /** For a command that does not have all options of this one. */
  final Invocation invocationOf(Subcommand other) {
    CommandSpec known = new CommandLine(other).getCommandSpec();
    return new Invocation(
        environment.program(),
        optionsToRepeat(option -> known.findOption(option.longestName()) != null));
  }

  StandardError messages() {
    return messages(false);
  }

  final StandardError messages(boolean holdWarnings) {
    return new StandardError(
        environment.err(), environment.errTakesEscapes() && !noColor, holdWarnings);
  }
}
