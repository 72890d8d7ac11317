package io.github.smartleadbulk.cli.output;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.result.RunSummary;
import io.github.smartleadbulk.run.PlanTotals;
import io.github.smartleadbulk.run.RunResult;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * A plan as one JSON object. It is written while the plan is made, because a plan may have a
 * million changes.
 */
public final class PlanJson implements RunReport {

  private final PrintStream out;
  private final JsonGenerator json;
  private final boolean hasSeveralWorkspaces;
  private final List<String> guards = new ArrayList<>();

  /**
   * @param hasSeveralWorkspaces whether to name the workspace of each account
   */
  public PlanJson(PrintStream out, boolean hasSeveralWorkspaces) {
    this.out = out;
    this.hasSeveralWorkspaces = hasSeveralWorkspaces;
    this.json = PlainJson.to(out);
    json.writeStartObject();
    json.writeArrayPropertyStart("accounts");
  }

  @Override
  public void planned(InputRow row, long accountId, @Nullable String fromEmail, Changes changes) {
    begin(row.row().number(), row.row().line(), accountId, row.workspace());
    json.writeStringProperty("from_email", fromEmail);
    json.writeObjectPropertyStart("changes");
    for (Map.Entry<AccountField, SettingValue> change : new TreeMap<>(changes.after()).entrySet()) {
      SettingValue before = changes.before().get(change.getKey());
      json.writeObjectPropertyStart(change.getKey().apiName());
      json.writeBooleanProperty("before_known", before != null);
      json.writePOJOProperty("before", before == null ? null : before.json());
      json.writePOJOProperty("after", change.getValue().json());
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  @Override
  public void wouldStop(String why) {
    guards.add(why);
  }

  @Override
  public void wouldFail(RowOutcome outcome) {
    write(outcome, "problem");
  }

  @Override
  public void wouldKeep(RowOutcome outcome) {
    write(outcome, "kept");
  }

  private void write(RowOutcome outcome, String name) {
    begin(outcome.row(), outcome.line(), outcome.accountId(), outcome.workspace());
    json.writeStringProperty(name, outcome.message());
    json.writeEndObject();
  }

  private void begin(long row, long line, @Nullable Long accountId, String workspace) {
    json.writeStartObject();
    json.writeNumberProperty("row", row);
    json.writeNumberProperty("line", line);
    json.writePOJOProperty("email_account_id", accountId);
    if (hasSeveralWorkspaces) {
      json.writeStringProperty("workspace", workspace);
    }
  }

  @Override
  public void end(RunResult result) {
    RunSummary summary = result.summary();
    json.writeEndArray();
    json.writeNumberProperty("run", summary.run());
    json.writeStringProperty("input", summary.input());
    json.writeStringProperty("target", summary.target());
    json.writeStringProperty("status", summary.status());
    json.writeStringProperty("stopped", summary.stopped());
    json.writePOJOProperty("guards", guards);
    PlanTotals totals = result.plan();
    if (totals != null) {
      write(totals);
    }
    json.writeObjectPropertyStart("files");
    summary.files().forEach((name, path) -> json.writeStringProperty(name, path.toString()));
    json.writeEndObject();
    json.writeEndObject();
    json.close();
    out.println();
  }

  private void writeCounts(long calls, Map<RowStatus, Long> otherRowsByStatus) {
    json.writeObjectPropertyStart("counts");
    json.writeNumberProperty("to_change", calls);
    otherRowsByStatus.forEach((status, rows) -> json.writeNumberProperty(status.toString(), rows));
    json.writeEndObject();
  }

  private void write(PlanTotals totals) {
    json.writeNumberProperty("rows", totals.rows());
    writeCounts(totals.calls(), totals.otherRowsByStatus());
    if (!totals.workspaces().isEmpty()) {
      json.writeArrayPropertyStart("workspaces");
      for (PlanTotals.Workspace workspace : totals.workspaces()) {
        json.writeStartObject();
        json.writeStringProperty("name", workspace.name());
        writeCounts(workspace.calls(), workspace.otherRowsByStatus());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    json.writeObjectPropertyStart("accounts_by_field");
    totals
        .changesByField()
        .forEach((field, accounts) -> json.writeNumberProperty(field.apiName(), accounts));
    json.writeEndObject();
    json.writeNumberProperty("calls", totals.calls());
    json.writeNumberProperty(
        "seconds", Duration.between(totals.begins(), totals.ends()).toMillis() / 1000.0);
    json.writeStringProperty("ends_at", totals.ends().toString());
  }
}
