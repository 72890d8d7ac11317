package io.github.smartleadbulk.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.RowStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

final class RunSummaryTest {

  private static final Instant START = Instant.parse("2026-11-23T10:15:30Z");

  private static final RunSummary WHOLE =
      new RunSummary(
          3,
          "update",
          "Üsers \"x\".csv",
          "https://example.com/api/v1",
          "stopped",
          143,
          "stopped by SIGTERM",
          10L,
          Map.of(RowStatus.UPDATED, 4L, RowStatus.FAILED, 1L),
          7,
          2,
          Map.of("10/s", Duration.ofMillis(1_250)),
          5,
          START,
          START.plusMillis(2_500),
          Map.of("results", Path.of("/var/runs/3/results.csv")),
          List.of(workspace("default")));

  private static final RunSummary BARE =
      new RunSummary(
          1,
          "update",
          "-",
          "sandbox",
          "running",
          null,
          null,
          null,
          Map.of(),
          0,
          0,
          Map.of(),
          0,
          START,
          null,
          Map.of(),
          List.of(workspace("default")));

  private static RunSummary.Workspace workspace(String name) {
    return new RunSummary.Workspace(
        name, "sandbox", 10L, Map.of(RowStatus.UPDATED, 4L), 7, 2, Map.of(), 5, null, null);
  }

  private static RunSummary of(RunSummary.Workspace... workspaces) {
    return new RunSummary(
        1,
        "update",
        "-",
        "sandbox",
        "running",
        null,
        null,
        null,
        Map.of(),
        0,
        0,
        Map.of(),
        0,
        START,
        null,
        Map.of(),
        List.of(workspaces));
  }

  @TempDir private Path folder;

  private static void assertSameJson(String json, String expected) {
    assertThat(JsonMapper.shared().readTree(json))
        .isEqualTo(JsonMapper.shared().readTree(expected));
  }

  @Test
  void everythingHasItsPlaceInTheJson() {
    assertSameJson(
        WHOLE.toJson(),
        """
        {
          "run": 3,
          "command": "update",
          "input": "Üsers \\"x\\".csv",
          "target": "https://example.com/api/v1",
          "status": "stopped",
          "exit_code": 143,
          "stopped": "stopped by SIGTERM",
          "rows": 10,
          "counts": {
            "updated": 4, "unchanged": 0, "kept": 0, "skipped": 0, "invalid": 0, "failed": 1, "uncertain": 0,
            "open": 5
          },
          "calls": 7,
          "rate_limited": 2,
          "waited_seconds": {"10/s": 1.25},
          "canary_rows": 5,
          "started_at": "2026-11-23T10:15:30Z",
          "ended_at": "2026-11-23T10:15:32.500Z",
          "seconds": 2.5,
          "files": {"results": "/var/runs/3/results.csv"}
        }
        """);
  }

  @Test
  void whatIsNotKnownIsNull() {
    assertSameJson(
        BARE.toJson(),
        """
        {
          "run": 1,
          "command": "update",
          "input": "-",
          "target": "sandbox",
          "status": "running",
          "exit_code": null,
          "stopped": null,
          "rows": null,
          "counts": {
            "updated": 0, "unchanged": 0, "kept": 0, "skipped": 0, "invalid": 0, "failed": 0, "uncertain": 0,
            "open": 0
          },
          "calls": 0,
          "rate_limited": 0,
          "waited_seconds": {},
          "canary_rows": 0,
          "started_at": "2026-11-23T10:15:30Z",
          "ended_at": null,
          "seconds": null,
          "files": {}
        }
        """);
  }

  @Test
  void theOnlyWorkspaceIsNamedUnlessItIsTheDefaultOne() {
    assertThat(of(workspace("acme")).fields())
        .containsEntry("workspace", "acme")
        .doesNotContainKey("workspaces");
    assertThat(BARE.fields()).doesNotContainKeys("workspace", "workspaces");
  }

  @Test
  void severalWorkspacesHaveTheirTotals() {
    RunSummary.Workspace globex =
        new RunSummary.Workspace(
            "globex",
            "https://example.com/api/v1",
            3L,
            Map.of(RowStatus.UPDATED, 1L),
            2,
            1,
            Map.of("429", Duration.ofMillis(1_500)),
            1,
            3,
            "the key was refused");
    RunSummary summary = of(workspace("acme"), globex);

    assertThat(summary.fields()).doesNotContainKey("workspace");
    assertThat(JsonMapper.shared().readTree(summary.toJson()).get("workspaces").get(1).toString())
        .isEqualTo(
            "{\"name\":\"globex\",\"target\":\"https://example.com/api/v1\",\"rows\":3,"
                + "\"counts\":{\"updated\":1,\"unchanged\":0,\"kept\":0,\"skipped\":0,\"invalid\":0,"
                + "\"failed\":0,\"uncertain\":0,\"open\":2},\"calls\":2,\"rate_limited\":1,"
                + "\"waited_seconds\":{\"429\":1.5},\"canary_rows\":1,\"exit_code\":3,"
                + "\"stopped\":\"the key was refused\"}");
  }

  @Test
  void everyStatusIsCounted() {
    for (RowStatus status : RowStatus.values()) {
      assertThat(BARE.toJson()).contains("\"" + status + "\"");
    }
  }

  @Test
  void fileIsReplacedAsAWhole() throws IOException {
    Path path = folder.resolve("summary.json");
    Files.writeString(path, "old and much longer than the new one ".repeat(100));
    WHOLE.writeTo(path);

    assertThat(path).hasContent(WHOLE.toJson());
    assertThat(folder).isDirectoryNotContaining("glob:**new*");
  }
}
