package io.github.smartleadbulk.page;

import io.github.smartleadbulk.ramp.RampPlan;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Ranges of limits, one for each colour. The style sheet numbers the colours. */
record LimitSteps(long lowest, long highest) {

  private static final int MOST = 6;

  /** A colour and its limits, for the legend. */
  record Step(String style, String limits) {}

  /** The steps between the lowest and the highest limit. Limits never fall. */
  static LimitSteps of(RampPlan plan, List<LocalDate> dates) {
    long lowest = Long.MAX_VALUE;
    long highest = 0;
    LocalDate last = dates.get(dates.size() - 1);
    for (var row : plan.rows()) {
      OptionalLong end = row.ramp().limitOn(last);
      if (end.isPresent()) {
        highest = Math.max(highest, end.getAsLong());
        for (LocalDate date : dates) {
          OptionalLong start = row.ramp().limitOn(date);
          if (start.isPresent()) {
            lowest = Math.min(lowest, start.getAsLong());
            break;
          }
        }
      }
    }
    return new LimitSteps(Math.min(lowest, highest), highest);
  }

  private long width() {
    return (highest - lowest) / MOST + 1;
  }

  String style(long limit) {
    return "heat-" + ((limit - lowest) / width() + 1);
  }

  List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    for (long from = lowest; from <= highest && highest > 0; from += width()) {
      long to = Math.min(highest, from + width() - 1);
      steps.add(
          new Step(
              style(from), Figures.number(from) + (to > from ? "–" + Figures.number(to) : "")));
    }
    return steps;
  }
}
