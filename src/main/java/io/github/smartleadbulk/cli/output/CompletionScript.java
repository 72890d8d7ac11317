package io.github.smartleadbulk.cli.output;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Scripts that complete the words of a command line in a shell. Run numbers, workspaces and columns
 * come from the program, which the script calls with {@code completion --list}.
 */
public final class CompletionScript {

  private static final String NAME = "smartlead-bulk";

  /** Picocli makes the words that never change. This function adds those that do. */
  private static final String DYNAMIC =
      """

      # A word as the program gets it, without its quotes. Eval would also execute it.
      _smartlead_bulk_plain() {
        local word="$(printf '%s' "$1" | xargs printf '%s' 2>/dev/null)"
        printf '%s' "${word/#\\~/$HOME}"
      }

      # Words that depend on the state and the config file. Errors are no words.
      _smartlead_bulk() {
        local last="${COMP_WORDS[COMP_CWORD]}" rest="$COMP_LINE" n=-1
        local current previous prefix='' what='' file='' word i
        local -a typed=() chosen=()
        COMPREPLY=()
        # Bash also splits at = and :, as in --config=FILE.
        for ((i = 0; i <= COMP_CWORD; i++)); do
          word="${COMP_WORDS[i]}"
          if ((i == 0)) || [[ $rest == [[:blank:]]* ]]; then
            n=$((n + 1))
            typed[n]=''
          fi
          typed[n]="${typed[n]}$word"
          rest="${rest#"${rest%%[![:blank:]]*}"}"
          rest="${rest#"$word"}"
        done
        current="${typed[n]}"
        previous="${typed[n - 1]}"
        if [[ $current == --*=* ]]; then
          previous="${current%%=*}"
          prefix="$previous="
        fi
        for ((i = 1; i < n; i++)); do
          word="${typed[i]}"
          case "$word" in
            --state-dir | --state-url | --config | --profile)
              ((i + 1 == n)) || chosen+=("$word" "$(_smartlead_bulk_plain "${typed[i + 1]}")") ;;
            --state-dir=* | --state-url=* | --config=* | --profile=*)
              chosen+=("${word%%=*}" "$(_smartlead_bulk_plain "${word#*=}")") ;;
            -*) ;;
            *.csv | *.csv[\\"\\']) file="$(_smartlead_bulk_plain "$word")" ;;
          esac
        done
        case "$previous" in
          @RUNS@) [[ ${current#"$prefix"} == -* ]] || what=runs ;;
          --workspace) what=workspaces ;;
          --ignore-columns | --map) [[ -z $file ]] || what=columns ;;
        esac
        if [[ -n $what ]]; then
          [[ $last != [=:]* ]] || last=''
          # Words come from files: compgen -W would execute what is in them.
          while IFS= read -r word; do
            [[ -n $word ]] || continue
            word="$prefix$(printf '%q' "$word")"
            [[ $word != "$current"* ]] || COMPREPLY+=("${word#"${current%"$last"}"}")
          done <<<"$("$(_smartlead_bulk_plain "${COMP_WORDS[0]}")" completion --list "$what" ${file:+--of "$file"} "${chosen[@]}" 2>/dev/null </dev/null)"
          return 0
        fi
        @STATIC@ "$@"
      }
      """;

  /** What a word in the place of a run number follows. */
  private static final Set<String> BEFORE_RUNS = Set.of("--plan");

  private CompletionScript() {}

  /**
   * The script for bash, and for zsh, which understands it.
   *
   * @param program the file name of the program, which the script completes too
   */
  public static String bash(CommandLine line, String program) {
    line.getSubcommands().values().forEach(command -> spellConstants(command.getCommandSpec()));
    String fixed = AutoComplete.bash(NAME, line);
    List<String> before = new ArrayList<>(BEFORE_RUNS);
    line.getSubcommands()
        .forEach(
            (name, command) -> {
              if (takesRun(command.getCommandSpec())) {
                before.add(name);
              }
            });
    before.sort(null);
    String names = program.equals(NAME) ? NAME : NAME + " " + program;
    return fixed
        + DYNAMIC
            .replace("@RUNS@", String.join(" | ", before))
            .replace("@STATIC@", "_complete_" + NAME)
        + "complete -o default -F _smartlead_bulk %s%n".formatted(names);
  }

  /**
   * The script for zsh, which reads that for bash. The first line registers it where it is
   * installed as a file of completions.
   */
  public static String zsh(CommandLine line, String program) {
    return "#compdef " + program + "\n" + bash(line, program);
  }

  /** The script for fish. */
  public static String fish(CommandLine line, String program) {
    StringBuilder script = new StringBuilder();
    script.append(
        """
        function __smartlead_bulk
          set -l program (commandline -opc)[1]
          command $program completion --list $argv[1] 2>/dev/null
        end
        """);
    String start = "complete -c " + program + " ";
    script.append(start).append("-f\n");
    script.append(start).append("-n __fish_use_subcommand -a help\n");
    String commands = String.join(" ", line.getSubcommands().keySet());
    script.append(start + "-n '__fish_seen_subcommand_from help' -a '" + commands + "'\n");
    for (Map.Entry<String, CommandLine> entry : line.getSubcommands().entrySet()) {
      CommandSpec command = entry.getValue().getCommandSpec();
      String name = entry.getKey();
      script.append(
          start
              + "-n __fish_use_subcommand -a "
              + name
              + described(command.usageMessage().description()));
      String inside = start + "-n '__fish_seen_subcommand_from " + name + "' ";
      for (PositionalParamSpec parameter : command.positionalParameters()) {
        words(parameter).ifPresent(words -> script.append(inside + words + "\n"));
      }
      for (OptionSpec option : command.options()) {
        if (!option.hidden()) {
          script.append(inside + names(option) + value(option) + described(option.description()));
        }
      }
    }
    return script.toString();
  }

  /** Picocli completes the constants of an enum in their spelling in Java. */
  private static void spellConstants(CommandSpec command) {
    for (OptionSpec option : List.copyOf(command.options())) {
      if (option.typeInfo().isEnum()) {
        command.remove(option);
        command.addOption(option.toBuilder().completionCandidates(constants(option)).build());
      }
    }
    for (PositionalParamSpec parameter : List.copyOf(command.positionalParameters())) {
      if (parameter.typeInfo().isEnum()) {
        command.remove(parameter);
        command.addPositional(
            parameter.toBuilder().completionCandidates(constants(parameter)).build());
      }
    }
  }

  private static boolean takesRun(CommandSpec command) {
    return command.positionalParameters().stream().anyMatch(CompletionScript::isRun);
  }

  private static boolean isRun(ArgSpec argument) {
    return argument.paramLabel().equals("RUN");
  }

  private static Optional<String> words(ArgSpec argument) {
    if (isRun(argument)) {
      return Optional.of(asked("runs"));
    }
    if (argument.paramLabel().equals("NAME") && isOption(argument, "--workspace")) {
      return Optional.of(asked("workspaces"));
    }
    List<String> constants = constants(argument);
    if (!constants.isEmpty()) {
      return Optional.of("-a '" + String.join(" ", constants) + "'");
    }
    return isFile(argument) ? Optional.of("-F") : Optional.empty();
  }

  /** Asks the program as it is called on the line: it need not be on the path. */
  private static String asked(String words) {
    return "-a '(__smartlead_bulk " + words + ")'";
  }

  private static boolean isOption(ArgSpec argument, String name) {
    return argument instanceof OptionSpec option && option.longestName().equals(name);
  }

  private static boolean isFile(ArgSpec argument) {
    return argument.type() == Path.class
        || Stream.of("FILE", "PLAN.csv", "DIR").anyMatch(argument.paramLabel()::equals);
  }

  /** As a user writes them. */
  private static List<String> constants(ArgSpec argument) {
    return argument.typeInfo().isEnum()
        ? argument.typeInfo().getEnumConstantNames().stream()
            .map(name -> name.toLowerCase(Locale.ROOT).replace('_', '-'))
            .toList()
        : List.of();
  }

  private static String names(OptionSpec option) {
    return Stream.of(option.names())
        .map(name -> name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1))
        .reduce((one, other) -> one + " " + other)
        .orElseThrow();
  }

  private static String value(OptionSpec option) {
    if (option.arity().max() == 0) {
      return "";
    }
    // Without -F, fish offers no files.
    return isFile(option) ? " -r -F" : " -x" + words(option).map(words -> " " + words).orElse("");
  }

  /** The first sentence, without what would end the quote. */
  private static String described(String... description) {
    String first = description.length == 0 ? "" : description[0];
    String sentence = first.replaceFirst("\\. .*", ".").replace("\\", "").replace("'", "");
    return sentence.contains("$") ? "\n" : " -d '" + sentence + "'\n";
  }
}
