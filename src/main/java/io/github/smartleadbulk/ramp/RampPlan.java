package io.github.smartleadbulk.ramp;

import java.util.List;

/**
 * The ramps of many accounts.
 *
 * @param rows in file order; no id or address occurs twice in a workspace
 */
public record RampPlan(List<RampRow> rows) {

  public RampPlan {
    rows = List.copyOf(rows);
  }
}
