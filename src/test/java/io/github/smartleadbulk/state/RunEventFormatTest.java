package io.github.smartleadbulk.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.account.WrittenLines;
import io.github.smartleadbulk.journal.JournalRecord;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Journals outlive the version that wrote them, in both directions. */
final class RunEventFormatTest {

  static final byte REOPENED = 2;
  static final byte LINES_WRITTEN = 6;

  private static final Instant AT = Instant.parse("2026-11-23T10:15:30.123Z");

  private static final List<RunEvent> GROWN =
      List.of(
          new RunEvent.LinesWritten(
              new WrittenLines(3, 100, 7),
              9,
              2,
              AT,
              Map.of("60/min", Duration.ofMillis(1_500), "429", Duration.ofSeconds(30))),
          new RunEvent.Reopened(
              List.of("key", "other"), "/results.csv", Map.of("max-changes", "7"), AT),
          rowEnded("acme"));

  /** What the first version with journals wrote. */
  static JournalRecord oldLinesWritten(long rows, long calls, long rateLimited) {
    return record(
        LINES_WRITTEN,
        out -> {
          for (long number : new long[] {rows, 100, 7, calls, rateLimited}) {
            out.writeLong(number);
          }
        });
  }

  /** What the first version with journals wrote: no options and no time. */
  static JournalRecord oldReopened(String keyHash) {
    return record(
        REOPENED,
        out -> {
          byte[] text = keyHash.getBytes(StandardCharsets.UTF_8);
          out.writeInt(text.length);
          out.write(text);
          out.writeInt(-1);
        });
  }

  private interface Content {
    void writeTo(DataOutputStream out) throws IOException;
  }

  private static JournalRecord record(byte kind, Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      content.writeTo(out);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return new JournalRecord(kind, bytes.toByteArray());
  }

  @Test
  void grownEventsAreReadAsTheyWereWritten() {
    assertThat(GROWN)
        .allSatisfy(
            event -> assertThat(RunEventFormat.read(RunEventFormat.write(event))).isEqualTo(event));
  }

  @Test
  void bytesOfALaterVersionAreIgnored() {
    assertThat(GROWN)
        .allSatisfy(
            event -> {
              JournalRecord written = RunEventFormat.write(event);
              byte[] longer = Arrays.copyOf(written.content(), written.content().length + 11);
              assertThat(RunEventFormat.read(new JournalRecord(written.kind(), longer)))
                  .isEqualTo(event);
            });
  }

  @Test
  void linesOfAnEarlierVersionHaveNeitherTimeNorWaits() {
    assertThat(RunEventFormat.read(oldLinesWritten(3, 9, 2)))
        .isEqualTo(new RunEvent.LinesWritten(new WrittenLines(3, 100, 7), 9, 2, null, Map.of()));
  }

  @Test
  void resumeOfAnEarlierVersionHasNeitherOptionsNorTime() {
    assertThat(RunEventFormat.read(oldReopened("key")))
        .isEqualTo(new RunEvent.Reopened(List.of("key"), null, Map.of(), null));
  }

  /** The form between the first one and today's: with options, without a time. */
  @Test
  void eventWithoutATimeIsWrittenAsBefore() {
    RunEvent reopened =
        new RunEvent.Reopened(List.of("key"), null, Map.of("max-changes", "7"), null);
    RunEvent lines = new RunEvent.LinesWritten(new WrittenLines(3, 100, 7), 9, 2, null, Map.of());

    assertThat(RunEventFormat.read(RunEventFormat.write(reopened))).isEqualTo(reopened);
    assertThat(RunEventFormat.write(lines).content()).isEqualTo(oldLinesWritten(3, 9, 2).content());
  }

  private static RunEvent.RowEnded rowEnded(String workspace) {
    return new RunEvent.RowEnded(
        TestOutcomes.updated(3).in(workspace),
        new Changes(Map.of(), Map.of(AccountField.FROM_NAME, new SettingValue.Text("Anna"))));
  }

  /** Every version before workspaces wrote rows like that: without any workspace at the end. */
  @Test
  void rowOfTheDefaultWorkspaceIsWrittenAsBefore() {
    JournalRecord inDefault = RunEventFormat.write(rowEnded("default"));
    JournalRecord inAcme = RunEventFormat.write(rowEnded("acme"));

    assertThat(RunEventFormat.read(inDefault)).isEqualTo(rowEnded("default"));
    assertThat(inAcme.content())
        .startsWith(inDefault.content())
        .hasSize(inDefault.content().length + 8);
  }
}
