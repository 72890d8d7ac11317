package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.cli.config.ShownSetting;
import java.net.URI;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in our own words what is wrong with a command line. Picocli's words name Java types. */
public final class UsageMessages {

  /** How picocli begins the message of a converter. */
  private static final String CONVERSION = "^Invalid value for [^:]*: ";

  private UsageMessages() {}

  /** The message for an error that picocli or a command has found. */
  public static String of(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      return ofUnmatched(unmatched);
    }
    if (e instanceof MissingParameterException missing) {
      return ofMissing(missing.getMissing());
    }
    String message = String.valueOf(e.getMessage());
    ArgSpec argument = e.getArgSpec();
    if (argument == null || e.getValue() == null) {
      return message;
    }
    String expected = expected(argument, e.getValue());
    String found =
        argument.typeInfo().getType().equals(URI.class)
            ? ShownSetting.maskedUrl(e.getValue())
            : e.getValue();
    return place(e, argument)
        + ": "
        + (expected == null
            ? message.replaceFirst(CONVERSION, "")
            : "found " + Cells.shown(found) + ", expected " + expected);
  }

  /** Where the value of an argument stands. */
  private static String place(ParameterException e, ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? SettingsDefaults.of(e.getCommandLine().getCommandSpec())
            .place(option, e.getValue())
            .orElse(option.longestName())
        : argument.paramLabel();
  }

  /** What the user may have meant; empty if nothing comes close. */
  public static List<String> suggestions(ParameterException e) {
    return e instanceof UnmatchedArgumentException unmatched
        ? unmatched.getSuggestions().stream()
            .map(suggestion -> suggestion.replaceFirst("^smartlead-bulk ", ""))
            .toList()
        : List.of();
  }

  private static String ofUnmatched(UnmatchedArgumentException e) {
    String first = e.getUnmatched().get(0);
    if (first.startsWith("-")) {
      // The value can be a secret.
      return "unknown option: " + first.replaceFirst("(?s)=.*", "");
    }
    return e.getCommandLine().getParent() == null
        ? "unknown command: " + first
        : "unexpected argument: " + first;
  }

  private static String ofMissing(List<ArgSpec> missing) {
    return missing.stream()
            .map(
                argument ->
                    argument instanceof OptionSpec option
                        ? option.longestName() + " " + option.paramLabel()
                        : argument.paramLabel())
            .collect(Collectors.joining(" and "))
        + (missing.size() == 1 ? " is missing" : " are missing");
  }

  /** What the value could have been; null if the converter of its type has told it. */
  private static @Nullable String expected(ArgSpec argument, String found) {
    Class<?> type = argument.typeInfo().getType();
    if (argument.typeInfo().isMultiValue()) {
      return null;
    }
    if (argument.typeInfo().isEnum()) {
      return choice(argument.typeInfo().getEnumConstantNames());
    }
    if (Stream.of(int.class, Integer.class, long.class, Long.class).anyMatch(type::equals)) {
      return found.matches("-?[0-9]+") ? "a smaller number" : "a whole number";
    }
    if (type.equals(boolean.class)) {
      return "true or false";
    }
    if (type.equals(Charset.class)) {
      return "a character set such as UTF-8 or windows-1252";
    }
    return type.equals(URI.class) ? "a URL such as https://server.smartlead.ai/api/v1" : null;
  }

  /** Words for the constants of an enum: {@code a, b or c}. */
  private static String choice(List<String> constants) {
    List<String> words =
        new ArrayList<>(
            constants.stream()
                .map(constant -> constant.toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList());
    String last = words.remove(words.size() - 1);
    return words.isEmpty() ? last : String.join(", ", words) + " or " + last;
  }
}
