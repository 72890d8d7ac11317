package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.cli.config.ConfigException;
import io.github.smartleadbulk.cli.config.ConfigFiles;
import io.github.smartleadbulk.cli.config.ConfigLine;
import io.github.smartleadbulk.ramp.Curve;
import io.github.smartleadbulk.run.FaultMessages;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The curves of a ramp plan. The command line overrides the file beside the plan, which overrides
 * the config file.
 *
 * @param given the options, such as {@code usual=weeks: 5-10, 10-20}
 * @param plan null for standard input, which has no folder
 */
record Curves(List<String> given, @Nullable Path plan) {

  private static final String OPTION = "--curve";

  private static final String EXAMPLE = "weeks: 5-10, 10-20, 30-50";

  /** The file beside a plan that defines curves. It need not exist. */
  static Path beside(Path plan) {
    return plan.toAbsolutePath().resolveSibling("curves.properties");
  }

  /**
   * The curves by name.
   *
   * @param configured the curves in the config file
   * @throws UsageException if a curve is not valid
   */
  Map<String, Curve> byName(Map<String, Curve> configured) {
    Map<String, Curve> curvesByName = new HashMap<>(configured);
    if (plan != null) {
      curvesByName.putAll(ofFile(beside(plan)));
    }
    curvesByName.putAll(ofOptions());
    return curvesByName;
  }

  private static Map<String, Curve> ofFile(Path file) {
    Map<String, Curve> curvesByName = new TreeMap<>();
    Map<String, ConfigLine> lines;
    try {
      lines = ConfigFiles.lines(file);
    } catch (ConfigException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
    for (Map.Entry<String, ConfigLine> line : lines.entrySet()) {
      String key = line.getKey();
      // A line from the config file works here, too.
      String name =
          key.startsWith(SettingsDefaults.CURVE)
              ? key.substring(SettingsDefaults.CURVE.length())
              : key;
      try {
        put(curvesByName, name, line.getValue().value(), key);
      } catch (IllegalArgumentException e) {
        throw new UsageException(file + ": " + e.getMessage());
      }
    }
    return curvesByName;
  }

  private Map<String, Curve> ofOptions() {
    Map<String, Curve> curvesByName = new TreeMap<>();
    for (String option : given) {
      int equals = option.indexOf('=');
      if (equals < 0) {
        throw new UsageException(
            "%s: found %s, expected NAME=CURVE, such as usual=\"%s\""
                .formatted(OPTION, Cells.shown(option), EXAMPLE));
      }
      String name = Cells.stripped(option.substring(0, equals));
      try {
        put(curvesByName, name, option.substring(equals + 1), OPTION + " " + Cells.escaped(name));
      } catch (IllegalArgumentException e) {
        throw new UsageException(FaultMessages.of(e));
      }
    }
    return curvesByName;
  }

  private static void put(Map<String, Curve> curvesByName, String name, String text, String where) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException(where.strip() + ": found no name before " + text.strip());
    }
    if (curvesByName.put(name, Curve.parse(name, text, where)) != null) {
      throw new IllegalArgumentException(
          where + ": found this curve twice, expected each curve once");
    }
  }

  /** The lines that would define curves, to follow a message; empty for no curves. */
  String hint(List<String> unknown) {
    if (unknown.isEmpty()) {
      return "";
    }
    String what = unknown.size() == 1 ? "this curve" : "these curves";
    return plan == null
        ? unknown.stream()
            .map(name -> "\n    %s \"%s=%s\"".formatted(OPTION, Cells.escaped(name), EXAMPLE))
            .collect(Collectors.joining("", "\n  To define " + what + ", add to the command:", ""))
        : unknown.stream()
            .map(name -> "\n    " + key(name) + " = " + EXAMPLE)
            .collect(
                Collectors.joining(
                    "",
                    "\n  To define %s, add to %s, with your own limits:"
                        .formatted(what, beside(plan)),
                    ""));
  }

  /** A name as a properties file has it. */
  private static String key(String name) {
    return Cells.escaped(name).replaceAll("[ :=#!]", "\\\\$0");
  }
}
