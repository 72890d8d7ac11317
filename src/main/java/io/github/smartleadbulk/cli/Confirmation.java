package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.account.Amount;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.cli.option.Durations;
import io.github.smartleadbulk.cli.output.ZonedTimes;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.cli.process.Question;
import io.github.smartleadbulk.run.PlanTotals;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/** The question before a run changes accounts. */
final class Confirmation {

  static final String GO_ON = "Go on? [y/N] ";

  private final ProcessEnvironment environment;
  private final String target;
  private final boolean wanted;
  private boolean declined;

  /**
   * @param target what the question calls the API
   * @param wanted whether to ask at all
   */
  Confirmation(ProcessEnvironment environment, String target, boolean wanted) {
    this.environment = environment;
    this.target = target;
    this.wanted = wanted;
  }

  boolean isWanted() {
    return wanted;
  }

  /** Asks, and waits for the answer or until the question is over. */
  boolean agrees(PlanTotals changes, BooleanSupplier isOver) {
    boolean agrees = new Question(environment, text(changes)).agrees(isOver);
    declined = !agrees && !isOver.getAsBoolean();
    return agrees;
  }

  /** Whether the user has answered no. */
  boolean isDeclined() {
    return declined;
  }

  private String text(PlanTotals changes) {
    StringBuilder text = new StringBuilder();
    line(
        text,
        "This changes %s %s %s:%n",
        Amount.of(changes.calls(), "account"),
        changes.workspaces().isEmpty() ? "at" : "in",
        target);
    changes
        .changesByField()
        .forEach(
            (field, accounts) ->
                line(text, "  %-20s  %s", field.apiName(), Amount.of(accounts, "account")));
    line(
        text,
        "%n%s, at least %s within the limits: finished at %s if you go on now.",
        Amount.of(changes.calls(), "call"),
        Durations.shown(Duration.between(changes.begins(), changes.ends())),
        ZonedTimes.toTheSecond(changes.ends()));
    changes.otherRowsByStatus().entrySet().stream()
        .filter(rows -> rows.getKey().needsAttention())
        .forEach(rows -> line(text, "%s", notSent(rows.getKey(), rows.getValue())));
    return text.append(GO_ON).toString();
  }

  private static String notSent(RowStatus status, long rows) {
    return status == RowStatus.INVALID
        ? Amount.of(rows, "row") + (rows == 1 ? " is invalid" : " are invalid") + " and not sent."
        : Amount.of(rows, "row") + " cannot be sent.";
  }

  private static void line(StringBuilder text, String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments)).append(System.lineSeparator());
  }
}
