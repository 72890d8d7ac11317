package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.cli.option.Heading;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Help that lists options under their headings. picocli's own way, argument groups, would change
 * how options are parsed.
 */
final class SectionedHelp extends Help {

  SectionedHelp(CommandSpec command, ColorScheme colours) {
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
}
