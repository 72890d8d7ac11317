package io.github.smartleadbulk.run;

import io.github.smartleadbulk.ramp.RampPlan;
import io.github.smartleadbulk.ramp.RampRow;
import io.github.smartleadbulk.result.LimitsFile;
import io.github.smartleadbulk.run.RunRequest.InputStreamSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;

/**
 * What a ramp plan says for one day, as the input of a run. The same plan and day make the same
 * bytes, so that an interrupted night goes on; another day makes others, even where no limit moves,
 * so that each has a run of its own.
 */
public record RampDay(RampPlan plan, LocalDate date) implements InputStreamSource {

  @Override
  public InputStream open() throws IOException {
    boolean addresses = plan.rows().stream().anyMatch(row -> row.fromEmail() != null);
    boolean ids = !addresses || plan.rows().stream().anyMatch(row -> row.accountId() != null);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    try (LimitsFile file = new LimitsFile(content, date, ids, addresses)) {
      for (RampRow row : plan.rows()) {
        file.append(row.accountId(), row.fromEmail(), row.ramp().limitOn(date), row.line());
      }
    }
    return new ByteArrayInputStream(content.toByteArray());
  }
}
