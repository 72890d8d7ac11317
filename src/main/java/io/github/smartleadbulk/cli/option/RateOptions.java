package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.run.FaultMessages;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine.Option;

/** The rate limits of the key, and the share of them that the program uses. */
@Under(Heading.LIMITS)
@Repeated
public final class RateOptions {

  @Option(
      names = "--rate",
      paramLabel = "WINDOWS",
      defaultValue = "standard",
      description =
          "Rate limits of the API key: standard, pro, unlimited, or windows such as 10/s,60/min,1000/h,10/2s (default: ${DEFAULT-VALUE}).")
  String rate;

  @Option(
      names = "--reserve",
      paramLabel = "PERCENT",
      defaultValue = "20",
      description =
          "Percentage of every window to leave to other users of the key (default: ${DEFAULT-VALUE}).")
  int reserve;

  /**
   * The windows, without the share of other users.
   *
   * @throws UsageException if a value is not allowed
   */
  public List<RateWindow> windows() {
    return windows(rate, reserve);
  }

  /**
   * The windows of a workspace, without the share of other users: from the command line, else the
   * workspace's own, else the general ones.
   *
   * @param isGiven whether an option was given on the command line
   * @throws UsageException if a value is not allowed
   */
  public List<RateWindow> windows(
      WorkspaceSettings workspaces, String name, Predicate<String> isGiven) {
    return windows(
        isGiven.test("--" + WorkspaceSettings.RATE)
            ? rate
            : workspaces.find(name, WorkspaceSettings.RATE).orElse(rate),
        isGiven.test("--" + WorkspaceSettings.RESERVE)
            ? reserve
            : workspaces
                .find(name, WorkspaceSettings.RESERVE)
                .map(Integer::valueOf)
                .orElse(reserve));
  }

  private static List<RateWindow> windows(String rate, int reserve) {
    try {
      checkReserve(reserve);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--reserve: " + e.getMessage());
    }
    try {
      return RateWindow.parseAll(rate).stream().map(window -> window.without(reserve)).toList();
    } catch (IllegalArgumentException e) {
      throw new UsageException("--rate: " + FaultMessages.of(e));
    }
  }

  static void checkReserve(int reserve) {
    if (reserve < 0 || reserve > 99) {
      throw new IllegalArgumentException("found " + reserve + ", expected 0 to 99 percent");
    }
  }
}
