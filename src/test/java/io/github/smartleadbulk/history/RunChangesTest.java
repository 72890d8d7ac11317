package io.github.smartleadbulk.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.HeapShare;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.account.WorkspaceNames;
import io.github.smartleadbulk.history.RunChanges.ChangedRow;
import io.github.smartleadbulk.job.Rehearsal;
import io.github.smartleadbulk.state.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class RunChangesTest {

  private static final Set<RowStatus> ALL = Set.of(RowStatus.values());

  private static final Changes CHANGES =
      new Changes(
          Map.of(AccountField.MAX_EMAIL_PER_DAY, new SettingValue.Whole(20)),
          Map.of(
              AccountField.MAX_EMAIL_PER_DAY, new SettingValue.Whole(40),
              AccountField.CLIENT_ID, new SettingValue.None()));

  @TempDir private Path folder;
  private Rehearsal rehearsal;

  @BeforeEach
  void start() throws IOException {
    rehearsal = new Rehearsal(folder);
    rehearsal.staysOpen();
  }

  @AfterEach
  void close() {
    rehearsal.close();
  }

  private void begin(String... lines) throws Exception {
    rehearsal.write(String.join("\n", lines) + "\n");
    assertThat(rehearsal.prepare().id()).isEqualTo(1);
  }

  private void begunWithAddresses() throws Exception {
    begin(
        "id,from_email,max_email_per_day", "1,a@x.com,40", "2,b@x.com,40", ",c@x.com,40", "4,,40");
  }

  private static RowOutcome outcome(long row, RowStatus status, @Nullable Integer httpStatus) {
    return new RowOutcome(
        row,
        row + 1,
        row,
        status,
        List.of(),
        httpStatus,
        1,
        "message " + row,
        null,
        WorkspaceNames.DEFAULT);
  }

  private void record(RowOutcome outcome, @Nullable Changes changes) throws Exception {
    rehearsal.inStore(store -> store.journal(1).record(outcome, changes).join());
  }

  private void eachRowUpdated(int rows) throws Exception {
    for (int row = 1; row <= rows; row++) {
      record(outcome(row, RowStatus.UPDATED, 200), CHANGES);
    }
  }

  /** Gives the rows to the action. */
  private void read(Set<RowStatus> statuses, Consumer<RunChanges> action) throws Exception {
    rehearsal.inStore(
        store -> {
          try (RunChanges changes = RunChanges.open(store, Rehearsal.record(store, 1), statuses)) {
            action.accept(changes);
          }
          return null;
        });
  }

  private List<ChangedRow> all(Set<RowStatus> statuses) throws Exception {
    List<ChangedRow> rows = new ArrayList<>();
    read(statuses, changes -> changes.forEachRemaining(rows::add));
    return rows;
  }

  @Test
  void rowsComeInTheOrderOfTheInputWithTheirAddressesAndChanges() throws Exception {
    begunWithAddresses();
    RowOutcome failed = outcome(1, RowStatus.FAILED, 404);
    RowOutcome updated = outcome(3, RowStatus.UPDATED, 200);
    RowOutcome unchanged = outcome(4, RowStatus.UNCHANGED, null);
    record(unchanged, null);
    record(updated, CHANGES);
    record(failed, CHANGES);

    assertThat(all(ALL))
        .containsExactly(
            new ChangedRow(failed, "a@x.com", CHANGES),
            new ChangedRow(updated, "c@x.com", CHANGES),
            new ChangedRow(unchanged, null, null));
  }

  @Test
  void onlyRowsWithOneOfTheStatusesCome() throws Exception {
    begunWithAddresses();
    RowOutcome invalid = outcome(2, RowStatus.INVALID, null);
    record(outcome(1, RowStatus.UNCHANGED, null), null);
    record(invalid, null);
    record(outcome(3, RowStatus.UPDATED, 200), CHANGES);

    assertThat(all(Set.of(RowStatus.UPDATED, RowStatus.INVALID)))
        .extracting(ChangedRow::address)
        .containsExactly("b@x.com", "c@x.com");
    assertThat(all(RowStatus.NEEDING_ATTENTION))
        .containsExactly(new ChangedRow(invalid, "b@x.com", null));
    assertThat(all(Set.of(RowStatus.KEPT))).isEmpty();
  }

  @Test
  void finishedRunIsReadLikeAnUnfinishedOne() throws Exception {
    begunWithAddresses();
    eachRowUpdated(4);
    List<ChangedRow> before = all(ALL);
    rehearsal.inStore(
        store -> {
          store.runs().end(1, RunStatus.FINISHED, 0, Instant.EPOCH);
          return null;
        });

    assertThat(before).hasSize(4);
    assertThat(all(ALL)).isEqualTo(before);
  }

  @Test
  void readerMayStopAtAnyRow() throws Exception {
    begunWithAddresses();
    eachRowUpdated(4);

    read(
        ALL,
        changes -> {
          assertThat(changes.next().address()).isEqualTo("a@x.com");
          assertThat(changes.hasNext()).isTrue();
        });
  }

  @Test
  void thereIsNothingAfterTheLastRow() throws Exception {
    begunWithAddresses();
    eachRowUpdated(1);

    read(
        ALL,
        changes -> {
          assertThat(changes.next().outcome().row()).isEqualTo(1);
          assertThat(changes.hasNext()).isFalse();
          assertThatThrownBy(changes::next).isInstanceOf(NoSuchElementException.class);
        });
  }

  @Test
  void inputWithoutAddressesGivesNone() throws Exception {
    begin("id,max_email_per_day", "1,40", "2,40");
    eachRowUpdated(2);

    assertThat(all(ALL)).extracting(ChangedRow::address).containsExactly(null, null);
  }

  @Test
  void missingCopyOfTheInputGivesNoAddresses() throws Exception {
    begunWithAddresses();
    eachRowUpdated(2);
    Files.delete(rehearsal.runFolder(1).resolve("input.csv"));

    assertThat(all(ALL)).extracting(ChangedRow::address).containsExactly(null, null);
  }

  /** The addresses of a changed copy may be those of other rows. */
  @Test
  void changedCopyOfTheInputGivesNoAddresses() throws Exception {
    begunWithAddresses();
    eachRowUpdated(2);
    Files.writeString(
        rehearsal.runFolder(1).resolve("input.csv"), "5,e@x.com,40\n", StandardOpenOption.APPEND);

    assertThat(all(ALL)).extracting(ChangedRow::address).containsExactly(null, null);
  }

  /** The texts of a row come to a quarter of what fits, whatever the heap. */
  @Test
  void largeTextsComeInPortionsAndNoneIsMissing() throws Exception {
    begunWithAddresses();
    SettingValue text = new SettingValue.Text("x".repeat((int) (HeapShare.BYTES / 16)));
    Map<AccountField, SettingValue> signature = Map.of(AccountField.SIGNATURE, text);
    for (int row = 1; row <= 5; row++) {
      record(outcome(row, RowStatus.UPDATED, 200), new Changes(signature, signature));
    }

    assertThat(all(ALL)).extracting(row -> row.outcome().row()).containsExactly(1L, 2L, 3L, 4L, 5L);
    rehearsal.inStore(
        store -> assertThat(store.outcomes().pageWithChanges(1, 0, ALL)).hasSizeLessThan(5));
  }

  @Test
  void moreRowsThanAPageComeOnce() throws Exception {
    StringBuilder input = new StringBuilder("id,from_email,max_email_per_day");
    for (int row = 1; row <= 1_500; row++) {
      input.append('\n').append(row).append(",a").append(row).append("@x.com,40");
    }
    begin(input.toString());
    eachRowUpdated(1_500);

    List<ChangedRow> rows = all(ALL);
    assertThat(rows).hasSize(1_500);
    assertThat(rows)
        .allSatisfy(
            row -> assertThat(row.address()).isEqualTo("a" + row.outcome().row() + "@x.com"));
  }
}
