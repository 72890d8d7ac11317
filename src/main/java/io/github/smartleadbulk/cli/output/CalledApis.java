package io.github.smartleadbulk.cli.output;

import java.util.List;
import java.util.Locale;

/** Says for people which APIs a run calls. */
public final class CalledApis {

  /** How many targets to name. */
  private static final int NAMED = 3;

  private CalledApis() {}

  /**
   * Names the target of a run, to follow "against"; if the run has several workspaces, their number
   * and their targets.
   *
   * @param targets of the workspaces; several may have the same
   */
  public static String of(List<String> targets) {
    List<String> different = targets.stream().distinct().sorted().toList();
    String named = String.join(", ", different.subList(0, Math.min(NAMED, different.size())));
    int more = different.size() - NAMED;
    return targets.size() == 1
        ? named
        : String.format(
            Locale.ROOT,
            "%,d workspaces of %s%s",
            targets.size(),
            named,
            more > 0 ? " and " + more + " more" : "");
  }
}
