package io.github.smartleadbulk.cli.doctor;

import io.github.smartleadbulk.cli.doctor.Finding.Level;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;

/**
 * What all checks have found, also as JSON.
 *
 * @param verdict the worst level
 */
public record Findings(Level verdict, List<Finding> checks) {

  private static final int WIDTH = 8;

  public static Findings of(List<Finding> checks) {
    Level worst =
        checks.stream().map(Finding::level).max(Comparator.naturalOrder()).orElse(Level.OK);
    return new Findings(worst, List.copyOf(checks));
  }

  /**
   * Prints a line for each finding, and another one for its remedy.
   *
   * @param least the findings to print
   */
  public void print(PrintStream out, Level least) {
    int checkWidth =
        checks.stream().mapToInt(finding -> finding.check().length()).max().orElse(0) + 2;
    String indent = " ".repeat(WIDTH + 1 + checkWidth);
    for (Finding finding : checks) {
      if (finding.level().compareTo(least) >= 0) {
        String line = "%-" + WIDTH + "s %-" + checkWidth + "s%s%n";
        out.printf(line, finding.level(), finding.check(), finding.message());
        if (finding.remedy() != null) {
          out.printf("%s%s%n", indent, finding.remedy());
        }
      }
    }
    out.flush();
  }
}
