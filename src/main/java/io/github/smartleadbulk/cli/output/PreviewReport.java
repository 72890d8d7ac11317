package io.github.smartleadbulk.cli.output;

import io.github.smartleadbulk.cli.process.UnclosedOutput;
import io.github.smartleadbulk.ramp.RampPlan;
import io.github.smartleadbulk.ramp.RampPreview;
import io.github.smartleadbulk.ramp.RampRow;
import io.github.smartleadbulk.result.ByteOrderMark;
import io.github.smartleadbulk.result.PreviewFile;
import io.github.smartleadbulk.result.WorkspaceColumn;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalLong;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Prints the limits of the coming days of a ramp plan. */
public record PreviewReport(RampPlan plan, LocalDate first, int days) {

  /**
   * Writes a line for each account, one with the totals of each workspace if there are several, and
   * one with all totals. Each date has a column.
   */
  public void writeTo(OutputStream out, ByteOrderMark mark) throws IOException {
    RampPreview preview = preview();
    boolean hasWorkspaces = plan.rows().stream().anyMatch(row -> row.workspace() != null);
    try (PreviewFile file =
        new PreviewFile(out, WorkspaceColumn.of(hasWorkspaces), preview.dates(), mark)) {
      for (RampRow row : plan.rows()) {
        file.append(
            row.line(), row.accountId(), row.fromEmail(), row.workspace(), limits(row, preview));
      }
      for (var totals : preview.totalsByWorkspace().entrySet()) {
        file.appendTotals(totals.getKey(), totals.getValue());
      }
      file.appendTotals(null, preview.totals());
    }
  }

  /** Prints a line for each account, or a single line if all accounts have the same limits. */
  public void print(PrintStream out, int width) {
    preview().text(width).forEach(out::println);
    out.flush();
  }

  /**
   * Prints an element for each row of the plan, with a limit for each date, and the totals, also
   * for each workspace if there are several; null before the ramp begins.
   */
  public void printJson(PrintStream out) {
    RampPreview preview = preview();
    try (JsonGenerator json = JsonMapper.shared().createGenerator(new UnclosedOutput(out))) {
      json.writeStartObject();
      json.writePOJOProperty("dates", preview.dates().stream().map(LocalDate::toString).toList());
      json.writeArrayPropertyStart("accounts");
      plan.rows().forEach(row -> write(json, row, preview));
      json.writeEndArray();
      if (!preview.totalsByWorkspace().isEmpty()) {
        json.writePOJOProperty("totals_by_workspace", preview.totalsByWorkspace());
      }
      json.writePOJOProperty("totals", preview.totals());
      json.writeEndObject();
    }
    out.println();
  }

  private RampPreview preview() {
    return new RampPreview(plan, first, days);
  }

  private static void write(JsonGenerator json, RampRow row, RampPreview preview) {
    json.writeStartObject();
    json.writeNumberProperty("line", row.line());
    if (row.accountId() != null) {
      json.writeNumberProperty("email_account_id", row.accountId());
    }
    if (row.fromEmail() != null) {
      json.writeStringProperty("from_email", row.fromEmail());
    }
    if (row.workspace() != null) {
      json.writeStringProperty("workspace", row.workspace());
    }
    json.writePOJOProperty("limits", limits(row, preview));
    json.writeEndObject();
  }

  private static List<OptionalLong> limits(RampRow row, RampPreview preview) {
    return preview.dates().stream().map(row.ramp()::limitOn).toList();
  }
}
