package io.github.smartleadbulk.cli.output;

import io.github.smartleadbulk.cli.option.Heading;
import io.github.smartleadbulk.run.ExitCode;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Help that lists options under headings, and the exit codes of the command. picocli's own headings
 * need argument groups, which would change how options are parsed.
 */
public final class HelpPage extends Help {

  public HelpPage(CommandSpec command, ColorScheme colours) {
    super(command, colours);
  }

  @Override
  public String optionList() {
    List<OptionSpec> options =
        commandSpec().options().stream().sorted(createDefaultOptionSort()).toList();
    Map<Heading, List<OptionSpec>> optionsByHeading =
        options.stream()
            .collect(
                Collectors.groupingBy(
                    Heading::of, () -> new EnumMap<>(Heading.class), Collectors.toList()));
    StringBuilder text = new StringBuilder();
    optionsByHeading.forEach(
        (heading, listed) -> {
          Layout layout =
              createDefaultLayout(options, commandSpec().positionalParameters(), colorScheme());
          layout.addOptions(listed, parameterLabelRenderer());
          text.append("%n%s:%n%s".formatted(heading.title(), layout));
        });
    return text.toString();
  }

  @Override
  public String exitCodeListHeading(Object... parameters) {
    return has("--snapshot")
        ? "%nExit codes (after 3, 4, 5, 130 and 143 you can resume the run):%n".formatted()
        : "%nExit codes:%n".formatted();
  }

  @Override
  public String exitCodeList() {
    return createTextTable(exitCodes()).toString();
  }

  /** Which exit codes the command can have, and what they mean. Its options decide. */
  public Map<String, String> exitCodes() {
    Map<ExitCode, String> meaningByCode = new EnumMap<>(ExitCode.class);
    meaningByCode.put(ExitCode.OK, "Done.");
    if (has("--strict") || has("--set")) {
      meaningByCode.put(ExitCode.OK, "Done. No row needs attention.");
      meaningByCode.put(
          ExitCode.ROWS_NEED_ATTENTION, "Done, but some rows are invalid, failed or uncertain.");
    }
    if (has("--within")) {
      meaningByCode.merge(
          ExitCode.ROWS_NEED_ATTENTION,
          "The last run is late, failed or unfinished.",
          (others, late) -> others + " With status: the last run is late, failed or unfinished.");
    }
    if (has("--offline")) {
      meaningByCode.merge(
          ExitCode.ROWS_NEED_ATTENTION,
          "A check found a fault.",
          (others, fault) -> others + " With doctor: a check found a fault.");
    }
    meaningByCode.put(ExitCode.USAGE, "Wrong usage, settings or input. Nothing was sent.");
    if (has("--yes")) {
      meaningByCode.put(
          ExitCode.USAGE, "Wrong usage, settings or input, or you answered no. Nothing was sent.");
    }
    if (has("--detailed-exitcode")) {
      meaningByCode.merge(
          ExitCode.USAGE, " With --detailed-exitcode also: the plan has changes.", String::concat);
    }
    meaningByCode.put(ExitCode.STOPPED_EARLY, "Standard output cannot be written.");
    if (has("--api-key-file")) {
      meaningByCode.put(ExitCode.KEY, "There is no API key, or it was refused.");
      meaningByCode.put(
          ExitCode.STOPPED_EARLY, "Stopped early: deadline, server away, or disk full.");
    }
    if (has("--snapshot")) {
      meaningByCode.put(ExitCode.GUARD, "A guard stopped the run.");
    }
    if (has("--wait")) {
      meaningByCode.put(
          ExitCode.STATE_IN_USE, "Another run uses the state folder. Nothing was sent.");
    }
    meaningByCode.put(ExitCode.FAULT, "The program failed. This is a bug.");
    meaningByCode.put(ExitCode.SIGINT, "Stopped by Ctrl-C (SIGINT).");
    meaningByCode.put(ExitCode.SIGTERM, "Stopped by SIGTERM.");
    Map<String, String> texts = new LinkedHashMap<>();
    meaningByCode.forEach((code, meaning) -> texts.put(Integer.toString(code.code()), meaning));
    return texts;
  }

  /** The program has an option if one of its commands has it. */
  private boolean has(String option) {
    return commandSpec().parent() == null || commandSpec().findOption(option) != null;
  }
}
