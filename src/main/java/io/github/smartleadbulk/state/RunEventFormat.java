package io.github.smartleadbulk.state;

import io.github.smartleadbulk.account.Account;
import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.account.WorkspaceNames;
import io.github.smartleadbulk.account.WrittenLines;
import io.github.smartleadbulk.journal.JournalRecord;
import io.github.smartleadbulk.state.RunRecord.WorkspaceTotals;
import io.github.smartleadbulk.store.StateException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Converts events to bytes and back. A kind never changes its meaning. A reader ignores bytes after
 * those it knows, so later versions can add to a kind.
 */
final class RunEventFormat {

  private static final byte BEGUN = 1;
  private static final byte REOPENED = 2;
  private static final byte ROWS_COUNTED = 3;
  static final byte CALL_INTENDED = 4;
  static final byte ROW_ENDED = 5;
  private static final byte LINES_WRITTEN = 6;
  private static final byte ENDED = 7;
  private static final byte LIST_BEGUN = 8;
  private static final byte PAGE_READ = 9;
  private static final byte CANARY_PASSED = 10;
  private static final byte WORKSPACE_ENDED = 11;

  private static final int ABSENT = -1;

  private RunEventFormat() {}

  static JournalRecord write(RunEvent event) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try {
      byte kind = new Output(bytes).write(event);
      return new JournalRecord(kind, bytes.toByteArray());
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot be written", e);
    }
  }

  /**
   * @throws StateException if only a newer version of the program knows this kind of event
   */
  static RunEvent read(JournalRecord record) {
    try {
      return new Input(record.content()).read(record.kind());
    } catch (IOException e) {
      throw new StateException(
          StateException.Reason.UNUSABLE,
          "a newer version of smartlead-bulk wrote a journal in this state folder. Use the newer version, or choose another folder with --state-dir",
          e);
    }
  }

  private static final class Output extends DataOutputStream {

    Output(ByteArrayOutputStream bytes) {
      super(bytes);
    }

    byte write(RunEvent event) throws IOException {
      if (event instanceof RunEvent.CallIntended call) {
        time(call.at());
        text(call.caller());
        writeLong(call.row());
        changes(call.changes());
        workspace(call.workspace());
        return CALL_INTENDED;
      }
      if (event instanceof RunEvent.RowEnded ended) {
        outcome(ended.outcome());
        changes(ended.changes());
        if (!ended.outcome().workspace().equals(WorkspaceNames.DEFAULT)) {
          text(ended.outcome().workspace());
        }
        return ROW_ENDED;
      }
      if (event instanceof RunEvent.LinesWritten written) {
        writeLong(written.lines().rows());
        writeLong(written.lines().bytes());
        writeLong(written.lines().checksum());
        writeLong(written.calls());
        writeLong(written.rateLimited());
        if (written.at() != null) {
          time(written.at());
          text(StoredWaits.write(written.waitedByCause()));
        }
        return LINES_WRITTEN;
      }
      if (event instanceof RunEvent.Begun begun) {
        spec(begun.spec());
        text(begun.resultsPath());
        time(begun.at());
        workspaces(begun.spec());
        return BEGUN;
      }
      if (event instanceof RunEvent.Reopened reopened) {
        text(reopened.keyHashes().get(0));
        text(reopened.resultsPath());
        options(reopened.options());
        if (reopened.at() != null) {
          time(reopened.at());
          texts(reopened.keyHashes().subList(1, reopened.keyHashes().size()));
        }
        return REOPENED;
      }
      if (event instanceof RunEvent.RowsCounted counted) {
        writeLong(counted.rows());
        writeInt(counted.rowsByWorkspace().size());
        for (long rows : counted.rowsByWorkspace()) {
          writeLong(rows);
        }
        return ROWS_COUNTED;
      }
      if (event instanceof RunEvent.Ended ended) {
        RunEnding ending = ended.ending();
        text(ending.status().name());
        number(ending.exitCode() == null ? null : (long) ending.exitCode());
        time(ended.at());
        writeLong(ended.calls());
        writeLong(ended.rateLimited());
        text(ending.stopped());
        text(StoredWaits.write(ending.waitedByCause()));
        return ENDED;
      }
      if (event instanceof RunEvent.CanaryPassed passed) {
        writeInt(passed.rows());
        workspace(passed.workspace());
        return CANARY_PASSED;
      }
      if (event instanceof RunEvent.WorkspaceEnded ended) {
        writeInt(ended.workspace());
        totals(ended.totals());
        return WORKSPACE_ENDED;
      }
      if (event instanceof RunEvent.ListBegun begun) {
        time(begun.at());
        workspace(begun.workspace());
        return LIST_BEGUN;
      }
      RunEvent.PageRead page = (RunEvent.PageRead) event;
      writeInt(page.accounts().size());
      for (Account account : page.accounts()) {
        writeLong(account.id());
        text(account.fromEmail());
        values(account.valuesByField());
      }
      writeInt(page.rows());
      writeBoolean(page.complete());
      time(page.at());
      text(page.fault());
      workspace(page.workspace());
      return PAGE_READ;
    }

    /** The first workspace is not written, as in journals of earlier versions. */
    private void workspace(int workspace) throws IOException {
      if (workspace > 0) {
        writeInt(workspace);
      }
    }

    private void workspaces(RunSpec spec) throws IOException {
      writeInt(spec.workspaces().size());
      for (RunSpec.Workspace workspace : spec.workspaces()) {
        text(workspace.name());
        text(workspace.target());
        text(workspace.keyHash());
      }
    }

    private void totals(WorkspaceTotals totals) throws IOException {
      writeLong(totals.calls());
      writeLong(totals.rateLimited());
      text(StoredWaits.write(totals.waitedByCause()));
      writeInt(totals.canary());
      number(totals.exitCode() == null ? null : (long) totals.exitCode());
      text(totals.stopped());
    }

    private void texts(List<String> texts) throws IOException {
      writeInt(texts.size());
      for (String text : texts) {
        text(text);
      }
    }

    private void spec(RunSpec spec) throws IOException {
      text(spec.command());
      text(spec.inputName());
      text(spec.inputPath());
      text(spec.fingerprint());
      text(spec.target());
      text(spec.keyHash());
      number(spec.origin() == null ? null : (long) spec.origin());
      options(spec.options());
    }

    private void options(Map<String, String> valueByName) throws IOException {
      writeInt(valueByName.size());
      for (Map.Entry<String, String> option : new TreeMap<>(valueByName).entrySet()) {
        text(option.getKey());
        text(option.getValue());
      }
    }

    private void outcome(RowOutcome outcome) throws IOException {
      writeLong(outcome.row());
      writeLong(outcome.line());
      number(outcome.accountId());
      text(outcome.status().name());
      writeInt(outcome.changedFields().size());
      for (String field : outcome.changedFields()) {
        text(field);
      }
      number(outcome.httpStatus() == null ? null : (long) outcome.httpStatus());
      writeInt(outcome.attempts());
      text(outcome.message());
      number(outcome.finishedAt() == null ? null : outcome.finishedAt().toEpochMilli());
    }

    private void changes(@Nullable Changes changes) throws IOException {
      writeBoolean(changes != null);
      if (changes != null) {
        values(changes.before());
        values(changes.after());
      }
    }

    private void values(Map<AccountField, SettingValue> valuesByField) throws IOException {
      writeInt(valuesByField.size());
      for (Map.Entry<AccountField, SettingValue> entry : valuesByField.entrySet()) {
        text(entry.getKey().apiName());
        value(entry.getValue());
      }
    }

    private void value(SettingValue value) throws IOException {
      if (value instanceof SettingValue.Whole whole) {
        writeByte('n');
        writeLong(whole.value());
      } else if (value instanceof SettingValue.Text text) {
        writeByte('t');
        text(text.value());
      } else if (value instanceof SettingValue.Flag flag) {
        writeByte('f');
        writeBoolean(flag.value());
      } else {
        writeByte('-');
      }
    }

    private void time(Instant at) throws IOException {
      writeLong(at.toEpochMilli());
    }

    private void number(@Nullable Long number) throws IOException {
      writeBoolean(number != null);
      if (number != null) {
        writeLong(number);
      }
    }

    /** Unlike writeUTF, this has no limit of 64 kB. */
    private void text(@Nullable String text) throws IOException {
      if (text == null) {
        writeInt(ABSENT);
      } else {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        writeInt(bytes.length);
        write(bytes);
      }
    }
  }

  private static final class Input extends DataInputStream {

    Input(byte[] content) {
      super(new ByteArrayInputStream(content));
    }

    RunEvent read(byte kind) throws IOException {
      return switch (kind) {
        case BEGUN -> begun();
        case REOPENED -> reopened();
        case ROWS_COUNTED -> new RunEvent.RowsCounted(readLong(), rowsByWorkspace());
        case CALL_INTENDED ->
            new RunEvent.CallIntended(time(), optionalText(), readLong(), changes(), workspace());
        case ROW_ENDED -> rowEnded();
        case LINES_WRITTEN -> linesWritten();
        case ENDED -> ended();
        case CANARY_PASSED -> new RunEvent.CanaryPassed(readInt(), workspace());
        case WORKSPACE_ENDED -> new RunEvent.WorkspaceEnded(readInt(), totals());
        case LIST_BEGUN -> new RunEvent.ListBegun(time(), workspace());
        case PAGE_READ -> pageRead();
        default -> throw new IOException("event of kind " + kind);
      };
    }

    /** Earlier versions wrote no workspace, because there was only one. */
    private int workspace() throws IOException {
      return available() > 0 ? readInt() : 0;
    }

    private List<Long> rowsByWorkspace() throws IOException {
      List<Long> rows = new ArrayList<>();
      // Earlier versions counted only all rows.
      for (int left = available() > 0 ? readInt() : 0; left > 0; left--) {
        rows.add(readLong());
      }
      return rows;
    }

    private RunEvent.RowEnded rowEnded() throws IOException {
      RowOutcome outcome = outcome();
      Changes changes = changes();
      // The default workspace is not written, as in earlier versions, which knew no other.
      return new RunEvent.RowEnded(available() > 0 ? outcome.in(text()) : outcome, changes);
    }

    private RunEvent.Begun begun() throws IOException {
      RunSpec spec = spec();
      String resultsPath = optionalText();
      Instant at = time();
      if (available() > 0) {
        List<RunSpec.Workspace> workspaces = new ArrayList<>();
        for (int left = readInt(); left > 0; left--) {
          workspaces.add(new RunSpec.Workspace(text(), text(), text()));
        }
        spec = spec.with(workspaces, spec.options());
      }
      return new RunEvent.Begun(spec, resultsPath, at);
    }

    private WorkspaceTotals totals() throws IOException {
      return new WorkspaceTotals(
          null,
          readLong(),
          readLong(),
          StoredWaits.read(text()),
          readInt(),
          optionalInt(),
          optionalText());
    }

    private RunEvent.Reopened reopened() throws IOException {
      List<String> keyHashes = new ArrayList<>();
      keyHashes.add(text());
      String resultsPath = optionalText();
      // Earlier versions changed no options, and later ones did not write the time.
      Map<String, String> options = available() > 0 ? options() : Map.of();
      Instant at = available() > 0 ? time() : null;
      for (int left = available() > 0 ? readInt() : 0; left > 0; left--) {
        keyHashes.add(text());
      }
      return new RunEvent.Reopened(keyHashes, resultsPath, options, at);
    }

    private RunEvent.LinesWritten linesWritten() throws IOException {
      WrittenLines lines = new WrittenLines(readLong(), readLong(), readLong());
      long calls = readLong();
      long rateLimited = readLong();
      // Earlier versions wrote neither the time nor the waits.
      boolean isOld = available() == 0;
      Instant at = isOld ? null : time();
      String waited = isOld ? "" : text();
      return new RunEvent.LinesWritten(lines, calls, rateLimited, at, StoredWaits.read(waited));
    }

    private RunEvent.Ended ended() throws IOException {
      RunStatus status = RunStatus.valueOf(text());
      Integer exitCode = optionalInt();
      Instant at = time();
      long calls = readLong();
      long rateLimited = readLong();
      // Earlier versions said neither why a run stopped nor how long it waited.
      boolean isOld = available() == 0;
      String stopped = isOld ? null : optionalText();
      String waited = isOld ? "" : text();
      return new RunEvent.Ended(
          new RunEnding(status, exitCode, stopped, StoredWaits.read(waited)),
          at,
          calls,
          rateLimited);
    }

    private RunEvent.PageRead pageRead() throws IOException {
      List<Account> accounts = accounts();
      int rows = readInt();
      boolean complete = readBoolean();
      Instant at = time();
      // Earlier versions did not write the fault.
      String fault = available() > 0 ? optionalText() : null;
      return new RunEvent.PageRead(accounts, rows, complete, fault, at, workspace());
    }

    private RunSpec spec() throws IOException {
      String command = text();
      String inputName = text();
      String inputPath = optionalText();
      String fingerprint = text();
      String target = text();
      String keyHash = text();
      Integer origin = optionalInt();
      return new RunSpec(
          command, inputName, inputPath, fingerprint, target, keyHash, options(), origin);
    }

    private Map<String, String> options() throws IOException {
      Map<String, String> valueByName = new HashMap<>();
      for (int left = readInt(); left > 0; left--) {
        valueByName.put(text(), text());
      }
      return valueByName;
    }

    /** An outcome in the default workspace. */
    private RowOutcome outcome() throws IOException {
      long row = readLong();
      long line = readLong();
      Long accountId = optionalLong();
      RowStatus status = RowStatus.valueOf(text());
      List<String> changedFields = new ArrayList<>();
      for (int left = readInt(); left > 0; left--) {
        changedFields.add(text());
      }
      Integer httpStatus = optionalInt();
      int attempts = readInt();
      String message = text();
      Long finishedAt = optionalLong();
      return new RowOutcome(
          row,
          line,
          accountId,
          status,
          changedFields,
          httpStatus,
          attempts,
          message,
          finishedAt == null ? null : Instant.ofEpochMilli(finishedAt),
          WorkspaceNames.DEFAULT);
    }

    private List<Account> accounts() throws IOException {
      List<Account> accounts = new ArrayList<>();
      for (int left = readInt(); left > 0; left--) {
        accounts.add(new Account(readLong(), optionalText(), values()));
      }
      return accounts;
    }

    private @Nullable Changes changes() throws IOException {
      return readBoolean() ? new Changes(values(), values()) : null;
    }

    private Map<AccountField, SettingValue> values() throws IOException {
      Map<AccountField, SettingValue> valuesByField = new EnumMap<>(AccountField.class);
      for (int left = readInt(); left > 0; left--) {
        AccountField field = AccountField.find(text());
        SettingValue value = value();
        if (field != null) {
          valuesByField.put(field, value);
        }
      }
      return valuesByField;
    }

    private SettingValue value() throws IOException {
      return switch (readByte()) {
        case 'n' -> new SettingValue.Whole(readLong());
        case 't' -> new SettingValue.Text(text());
        case 'f' -> new SettingValue.Flag(readBoolean());
        default -> new SettingValue.None();
      };
    }

    private Instant time() throws IOException {
      return Instant.ofEpochMilli(readLong());
    }

    private @Nullable Long optionalLong() throws IOException {
      return readBoolean() ? readLong() : null;
    }

    private @Nullable Integer optionalInt() throws IOException {
      return readBoolean() ? (int) readLong() : null;
    }

    private String text() throws IOException {
      String text = optionalText();
      if (text == null) {
        throw new IOException("a text is missing");
      }
      return text;
    }

    private @Nullable String optionalText() throws IOException {
      int length = readInt();
      return length == ABSENT ? null : new String(readNBytes(length), StandardCharsets.UTF_8);
    }
  }
}
