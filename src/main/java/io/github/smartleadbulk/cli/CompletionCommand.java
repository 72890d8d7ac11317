package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.account.WorkspaceNames;
import io.github.smartleadbulk.cli.option.OneRun;
import io.github.smartleadbulk.cli.option.SettingsDefaults;
import io.github.smartleadbulk.cli.option.StateOptions;
import io.github.smartleadbulk.cli.option.UsageException;
import io.github.smartleadbulk.cli.output.CompletionScript;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.csv.InputException;
import io.github.smartleadbulk.input.Header;
import io.github.smartleadbulk.input.InputFile;
import io.github.smartleadbulk.input.InputOptions;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.StateStore;
import io.github.smartleadbulk.store.StateException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "completion",
    description = {
      "Prints a script with which a shell completes commands, options, run numbers, workspaces and columns.",
      "",
      "Examples:",
      "  ./run.sh completion bash",
      "  ./run.sh completion fish"
    })
final class CompletionCommand extends Subcommand {

  /** A shell shows so many words, and no more. */
  private static final int MOST_RUNS = 50;

  private enum Shell {
    BASH,
    ZSH,
    FISH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private enum Words {
    RUNS,
    WORKSPACES,
    COLUMNS
  }

  @Parameters(arity = "0..1", paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
  @Nullable Shell shell;

  /** For the scripts: prints one word a line, and nothing if there are none or if they fail. */
  @OneRun
  @Option(names = "--list", hidden = true)
  @Nullable Words words;

  @OneRun
  @Option(names = "--of", hidden = true)
  @Nullable Path file;

  @Mixin StateOptions state = new StateOptions();

  CompletionCommand(ProcessEnvironment environment) {
    super(environment);
  }

  @Override
  ExitCode execute() {
    if (words != null) {
      list(words).forEach(environment.text()::println);
      return ExitCode.OK;
    }
    if (shell == null) {
      throw new UsageException("SHELL is missing: expected bash, zsh or fish");
    }
    CommandLine all =
        new Program(environment).commandLine(SettingsDefaults.none(environment), Program.COMMANDS);
    Path program = Path.of(environment.variables().getOrDefault("SMARTLEAD_PROGRAM", "run.sh"));
    String name = String.valueOf(program.getFileName());
    environment
        .text()
        .print(
            switch (shell) {
              case BASH -> CompletionScript.bash(all, name);
              case ZSH -> CompletionScript.zsh(all, name);
              case FISH -> CompletionScript.fish(all, name);
            });
    environment.text().flush();
    return ExitCode.OK;
  }

  private Stream<String> list(Words wanted) {
    try {
      return switch (wanted) {
        case RUNS -> runs();
        case WORKSPACES ->
            Stream.concat(
                Stream.of(WorkspaceNames.DEFAULT),
                SettingsDefaults.of(spec).workspaces().names().stream());
        case COLUMNS -> columns();
      };
    } catch (IOException | InputException | StateException | UsageException e) {
      // Somebody is in the middle of a line. The command will say what is wrong.
      return Stream.of();
    }
  }

  private Stream<String> runs() {
    Optional<StateStore> found = state.openToRead(environment);
    if (found.isEmpty()) {
      return Stream.of();
    }
    try (StateStore store = found.get()) {
      List<Integer> numbers =
          store.runs().all().stream()
              .map(RunRecord::id)
              .sorted(Comparator.reverseOrder())
              .limit(MOST_RUNS)
              .toList();
      return numbers.stream().map(String::valueOf);
    }
  }

  private Stream<String> columns() throws IOException {
    if (file == null) {
      return Stream.of();
    }
    Path path = environment.resolve(file.toString());
    return InputFile.peek(path, path.toString(), InputOptions.defaults()).stream()
        .map(Header::names)
        .flatMap(List::stream)
        // The shell would take one with a blank for two words, and a terminal obeys control
        // characters.
        .filter(name -> name.matches("[^\\p{Z}\\p{C}]+"));
  }
}
