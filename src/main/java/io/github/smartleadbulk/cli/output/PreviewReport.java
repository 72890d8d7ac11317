package io.github.smartleadbulk.cli.output;

import io.github.smartleadbulk.cli.process.UnclosedOutput;
import io.github.smartleadbulk.ramp.RampPlan;
import io.github.smartleadbulk.ramp.RampPreview;
import io.github.smartleadbulk.ramp.RampRow;
import java.io.PrintStream;
import java.time.LocalDate;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Prints the limits of the coming days of a ramp plan. */
public record PreviewReport(RampPlan plan, LocalDate first, int days) {

  /** Prints a line for each account, or a single line if all accounts have the same limits. */
  public void print(PrintStream out, int width) {
    preview().text(width).forEach(out::println);
    out.flush();
  }

  /**
   * Prints an element for each row of the plan, with a limit for each date; null before the ramp
   * begins.
   */
  public void printJson(PrintStream out) {
    RampPreview preview = preview();
    try (JsonGenerator json = JsonMapper.shared().createGenerator(new UnclosedOutput(out))) {
      json.writeStartObject();
      json.writePOJOProperty("dates", preview.dates().stream().map(LocalDate::toString).toList());
      json.writeArrayPropertyStart("accounts");
      plan.rows().forEach(row -> write(json, row, preview));
      json.writeEndArray();
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
    json.writePOJOProperty("limits", preview.dates().stream().map(row.ramp()::limitOn).toList());
    json.writeEndObject();
  }
}
