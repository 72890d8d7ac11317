package io.github.smartleadbulk.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.result.RunSummary;
import io.github.smartleadbulk.run.PlanTotals;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class WorkspaceLinesTest {

  private static RunSummary.Workspace workspace(
      String name, Map<RowStatus, Long> counts, @Nullable String stopped) {
    return new RunSummary.Workspace(
        name, "sandbox", 5L, counts, 3, 0, Map.of(), 0, stopped == null ? null : 3, stopped);
  }

  private static RunSummary.Workspace done(int number) {
    return workspace("done-" + number, Map.of(RowStatus.UPDATED, 5L), null);
  }

  private static RunSummary.Workspace stopped(int number) {
    return workspace("stopped-" + number, Map.of(), "no key");
  }

  @Test
  void aLineHasEverythingAboutAWorkspace() {
    RunSummary.Workspace acme =
        new RunSummary.Workspace(
            "acme",
            "sandbox",
            1_500L,
            Map.of(RowStatus.UPDATED, 1_200L),
            1_300,
            2,
            Map.of("800/h", Duration.ofSeconds(90)),
            1,
            5,
            "the server said \"a\nb\u001B[2J\"");

    assertThat(WorkspaceLines.of(List.of(acme, done(1))))
        .containsExactly(
            "2 workspaces: 1 stopped, 1 done",
            "acme       1,200 updated, 300 open; 1,300 calls, 2 of them rate-limited (429); waited"
                + " 90 s for 800/h; canary of 1 row passed; stopped: the server said \"a"
                + " b\\u001B[2J\"",
            "done-1     5 updated; 3 calls");
  }

  @Test
  void ofManyOnlyThoseAreShownThatSomebodyMustSee() {
    List<RunSummary.Workspace> workspaces =
        Stream.of(
                IntStream.range(0, 1_000).mapToObj(WorkspaceLinesTest::done),
                Stream.of(workspace("failed", Map.of(RowStatus.FAILED, 5L), null)),
                IntStream.range(0, 11).mapToObj(WorkspaceLinesTest::stopped))
            .flatMap(all -> all)
            .toList();

    assertThat(WorkspaceLines.of(workspaces))
        .hasSize(12)
        .startsWith(
            "1,012 workspaces: 1,000 done, 1 with rows that need attention, 11 stopped",
            "stopped-0  5 open; 3 calls; stopped: no key")
        .endsWith("and 2 more workspaces that need attention: summary.json has all");
  }

  @Test
  void ofAPlanForManyThoseWithTheMostChangesAreShown() {
    List<PlanTotals.Workspace> workspaces =
        IntStream.range(0, 12)
            .mapToObj(
                i -> new PlanTotals.Workspace("w" + i, i, Map.of(RowStatus.UNCHANGED, 20L - i)))
            .toList();

    assertThat(WorkspaceLines.ofPlan(workspaces))
        .hasSize(11)
        .startsWith("w11        11 to change, 9 unchanged")
        .endsWith("and 2 more workspaces: --json prints all");
  }
}
