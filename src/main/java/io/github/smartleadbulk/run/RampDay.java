package io.github.smartleadbulk.run;

import io.github.smartleadbulk.file.PrivateFiles;
import io.github.smartleadbulk.ramp.RampPlan;
import io.github.smartleadbulk.ramp.RampRow;
import io.github.smartleadbulk.result.LimitsFile;
import io.github.smartleadbulk.result.WorkspaceColumn;
import io.github.smartleadbulk.run.RunRequest.InputWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;

/**
 * The limits of a ramp plan for one day, as the input of a run. The same plan and day give the same
 * bytes, so that an interrupted run can be resumed. Each day gives different bytes, even if no
 * limit changes, so that each day has its own run.
 */
public record RampDay(RampPlan plan, LocalDate date) implements InputWriter {

  @Override
  public void writeTo(Path copy) throws IOException {
    boolean addresses = plan.rows().stream().anyMatch(row -> row.fromEmail() != null);
    boolean ids = !addresses || plan.rows().stream().anyMatch(row -> row.accountId() != null);
    boolean workspaces = plan.rows().stream().anyMatch(row -> row.workspace() != null);
    try (LimitsFile file =
        new LimitsFile(
            PrivateFiles.newOutputStream(copy),
            date,
            ids,
            addresses,
            WorkspaceColumn.of(workspaces))) {
      for (RampRow row : plan.rows()) {
        file.append(
            row.accountId(),
            row.fromEmail(),
            row.workspace(),
            row.ramp().limitOn(date),
            row.line());
      }
    }
  }
}
