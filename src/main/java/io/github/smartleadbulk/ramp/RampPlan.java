package io.github.smartleadbulk.ramp;

import java.util.List;

/**
 * What is to become of many accounts' limits.
 *
 * @param rows in the file's order; no id and no address comes twice
 */
public record RampPlan(List<RampRow> rows) {

  public RampPlan {
    rows = List.copyOf(rows);
  }
}
