package io.github.smartleadbulk.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smartleadbulk.account.ZeroLimit;
import io.github.smartleadbulk.csv.InputException;
import io.github.smartleadbulk.input.DuplicatePolicy;
import io.github.smartleadbulk.input.InputOptions;
import io.github.smartleadbulk.job.Rehearsal;
import io.github.smartleadbulk.run.RunRequest.OnUnfinished;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.RunStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which run an input begins, or goes on with, or why neither. */
@Timeout(30)
final class RunPreparationTest {

  @TempDir private Path folder;
  private Rehearsal rehearsal;

  @BeforeEach
  void start() throws IOException {
    rehearsal = new Rehearsal(folder);
    rehearsal.staysOpen();
    rehearsal.writeRows(3);
  }

  @AfterEach
  void close() {
    rehearsal.close();
  }

  private void end(int run, RunStatus status) throws Exception {
    rehearsal.inStore(
        store -> {
          store.runs().end(run, status, 0, Instant.EPOCH);
          return null;
        });
  }

  private void assertPrepared(PreparedRun prepared, int run, boolean resumed) {
    assertThat(prepared.id()).isEqualTo(run);
    assertThat(prepared.resumed()).isEqualTo(resumed);
    assertThat(prepared.run().status()).isEqualTo(RunStatus.RUNNING);
  }

  @Test
  void firstRunHasNumberOneAndACopyOfItsInput() throws Exception {
    assertPrepared(rehearsal.prepare(), 1, false);

    assertThat(rehearsal.runFolder(1).resolve("input.csv")).hasSameBinaryContentAs(rehearsal.input);
    assertThat(rehearsal.folder).isDirectoryNotContaining("glob:**incoming*");
  }

  @Test
  void unfinishedRunOfTheSameContentIsResumed() throws Exception {
    rehearsal.prepare();
    assertPrepared(rehearsal.prepare(), 1, true);
    end(1, RunStatus.STOPPED);
    assertPrepared(rehearsal.prepare(), 1, true);

    assertThat(rehearsal.folder).isDirectoryNotContaining("glob:**incoming*");
    assertThat(rehearsal.record(1).endedAt()).isNull();
  }

  @Test
  void finishedRefusedOrAbandonedRunOfTheSameContentIsFollowedByANewOne() throws Exception {
    rehearsal.prepare();
    end(1, RunStatus.FINISHED);
    assertPrepared(rehearsal.prepare(), 2, false);
    end(2, RunStatus.REFUSED);
    assertPrepared(rehearsal.prepare(), 3, false);
    end(3, RunStatus.ABANDONED);
    assertPrepared(rehearsal.prepare(), 4, false);
  }

  @Test
  void onlyTheNewestRunOfAContentCounts() throws Exception {
    rehearsal.prepare();
    rehearsal.inStore(
        store ->
            store
                .runs()
                .create(
                    store.nextNumber(), Rehearsal.record(store, 1).spec(), null, Instant.EPOCH));
    end(2, RunStatus.FINISHED);

    assertPrepared(rehearsal.prepare(), 3, false);
  }

  @Test
  void sameContentUnderAnotherNameIsTheSame() throws Exception {
    rehearsal.prepare();
    Path other = Files.move(rehearsal.input, folder.resolve("renamed.csv"));
    Files.copy(other, rehearsal.input);

    assertPrepared(rehearsal.prepare(), 1, true);
  }

  @Test
  void changedFileIsRefusedWhileItsRunIsUnfinished() throws Exception {
    rehearsal.prepare();
    rehearsal.writeRows(4);

    assertThatThrownBy(rehearsal::prepare)
        .isInstanceOf(RunRefusedException.class)
        .hasMessage(
            "accounts.csv has changed since run 1, which is unfinished. Nothing was sent. To abandon that run and start with the file as it is now, add --fresh. To resume it with its original file: ./run.sh resume 1");
    assertPrepared(rehearsal.prepareResume(1), 1, true);
    assertThat(rehearsal.runFolder(2)).doesNotExist();
  }

  @Test
  void changedFileBeginsANewRunWhenItsLastOneIsFinished() throws Exception {
    rehearsal.prepare();
    end(1, RunStatus.FINISHED);
    rehearsal.writeRows(4);

    assertPrepared(rehearsal.prepare(), 2, false);
  }

  @Test
  void freshAbandonsTheUnfinishedRunOfTheSameContent() throws Exception {
    rehearsal.prepare();
    rehearsal.onUnfinished = OnUnfinished.FRESH;

    assertPrepared(rehearsal.prepare(), 2, false);
    assertThat(rehearsal.record(1).status()).isEqualTo(RunStatus.ABANDONED);
    assertThatThrownBy(() -> rehearsal.prepareResume(1))
        .isInstanceOf(RunRefusedException.class)
        .hasMessage("run 1 is abandoned: there is nothing to resume");
  }

  @Test
  void freshAbandonsTheUnfinishedRunOfTheFileAsItWas() throws Exception {
    rehearsal.prepare();
    rehearsal.writeRows(4);
    rehearsal.onUnfinished = OnUnfinished.FRESH;

    assertPrepared(rehearsal.prepare(), 2, false);
    assertThat(rehearsal.record(1).status()).isEqualTo(RunStatus.ABANDONED);
  }

  @Test
  void freshLeavesAFinishedRunFinished() throws Exception {
    rehearsal.prepare();
    end(1, RunStatus.FINISHED);
    rehearsal.onUnfinished = OnUnfinished.FRESH;

    assertPrepared(rehearsal.prepare(), 2, false);
    assertThat(rehearsal.record(1).status()).isEqualTo(RunStatus.FINISHED);
  }

  @Test
  void otherKeyBeginsANewRunAndResumesOnlyByNumber() throws Exception {
    rehearsal.prepare();
    rehearsal.key = "another-key";
    assertPrepared(rehearsal.prepare(), 2, false);
    assertThat(rehearsal.record(1).status()).isEqualTo(RunStatus.RUNNING);

    assertPrepared(rehearsal.prepareResume(1), 1, true);
    assertThat(rehearsal.record(1).spec().keyHash())
        .isEqualTo(rehearsal.record(2).spec().keyHash());
  }

  @Test
  void runOfAnotherTargetIsNotResumed() throws Exception {
    rehearsal.prepare();
    rehearsal.target = "sandbox";
    assertPrepared(rehearsal.prepare(), 2, false);

    assertThatThrownBy(() -> rehearsal.prepareResume(1))
        .isInstanceOf(RunRefusedException.class)
        .hasMessage(
            "run 1 was made against https://example.com/api/v1 and cannot be continued against"
                + " sandbox");
  }

  @Test
  void otherWayToReadTheInputIsRefused() throws Exception {
    rehearsal.prepare();
    rehearsal.options =
        new InputOptions(
            null,
            ',',
            Set.of("Phone"),
            ZeroLimit.ALLOWED,
            DuplicatePolicy.MERGE,
            InputOptions.USUAL_CEILING);

    assertThatThrownBy(rehearsal::prepare)
        .isInstanceOf(RunRefusedException.class)
        .hasMessage(
            "run 1 of this file is unfinished and has other options (none) than this command"
                + " (--allow-zero --delimiter , --duplicates merge --ignore-columns phone). To abandon it and"
                + " start again, add --fresh. To resume it with its own options: ./run.sh resume 1");
    assertPrepared(rehearsal.prepareResume(1), 1, true);
  }

  @Test
  void resumedRunReadsItsInputAsItDidAtFirst() throws Exception {
    rehearsal.options =
        new InputOptions(
            StandardCharsets.ISO_8859_1,
            ';',
            Set.of("Phone Number", "zip"),
            ZeroLimit.ALLOWED,
            DuplicatePolicy.MERGE,
            InputOptions.USUAL_CEILING);
    rehearsal.write("id;max_email_per_day;phone_number;ZIP\n1;0;x;y\n");
    rehearsal.prepare();
    PreparedRun resumed = rehearsal.prepareResume(null);

    assertThat(resumed.input().delimiter()).isEqualTo(';');
    assertThat(resumed.input().charset()).isEqualTo(StandardCharsets.ISO_8859_1);
    assertThat(resumed.options().input()).isEqualTo(rehearsal.options);
  }

  @Test
  void copyThatWasTamperedWithIsRefused() throws Exception {
    rehearsal.prepare();
    Path copy = rehearsal.runFolder(1).resolve("input.csv");
    Files.writeString(copy, "10000009,1\n", StandardOpenOption.APPEND);
    String message =
        "run 1 cannot be resumed: its copy of the input, "
            + copy
            + ", is missing or was changed. To start again with the file as it is now, add --fresh";

    assertThatThrownBy(rehearsal::prepare)
        .isInstanceOf(RunRefusedException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> rehearsal.prepareResume(1)).hasMessage(message);
    Files.delete(copy);
    assertThatThrownBy(() -> rehearsal.prepareResume(1)).hasMessage(message);
  }

  @Test
  void resumeWithoutANumberTakesTheNewestUnfinishedRun() throws Exception {
    rehearsal.prepare();
    rehearsal.key = "another-key";
    rehearsal.prepare();
    end(2, RunStatus.FINISHED);

    assertPrepared(rehearsal.prepareResume(null), 1, true);
  }

  @Test
  void resumeOfNothingIsRefused() throws Exception {
    assertThatThrownBy(() -> rehearsal.prepareResume(null))
        .isInstanceOf(RunRefusedException.class)
        .hasMessage("there is no unfinished run to resume");
    assertThatThrownBy(() -> rehearsal.prepareResume(7))
        .isInstanceOf(RunRefusedException.class)
        .hasMessage("there is no run 7");
    rehearsal.prepare();
    end(1, RunStatus.FINISHED);
    assertThatThrownBy(() -> rehearsal.prepareResume(1))
        .isInstanceOf(RunRefusedException.class)
        .hasMessage("run 1 is finished: there is nothing to resume");
  }

  @Test
  void inputWithABadHeaderLeavesNoRun() throws Exception {
    rehearsal.write("id,max_emails\n1,2\n");

    assertThatThrownBy(rehearsal::prepare).isInstanceOf(InputException.class);
    assertThat(rehearsal.<List<RunRecord>>inStore(store -> store.runs().all())).isEmpty();
    assertThat(rehearsal.runFolder(1)).doesNotExist();
    assertThat(rehearsal.folder).isDirectoryNotContaining("glob:**incoming*");
  }

  @Test
  void inputThatIsNotThereLeavesNoRun() throws Exception {
    Files.delete(rehearsal.input);

    assertThatThrownBy(rehearsal::prepare).isInstanceOf(NoSuchFileException.class);
    assertThat(rehearsal.<List<RunRecord>>inStore(store -> store.runs().all())).isEmpty();
  }

  /** A kill between the copy and the record of the run. */
  @Test
  void folderThatAKilledStartLeftIsTakenOver() throws Exception {
    Path other = Files.createDirectories(folder.resolve("other"));
    try (Rehearsal killed = new Rehearsal(other)) {
      killed.writeRows(3);
      Files.createDirectories(killed.runFolder(1));
      Files.writeString(killed.runFolder(1).resolve("input.csv"), "half a fi");
      Files.writeString(killed.folder.resolve("incoming.csv"), "half a fi");

      assertPrepared(killed.prepare(), 1, false);
      assertThat(killed.runFolder(1).resolve("input.csv")).hasSameBinaryContentAs(killed.input);
    }
  }
}
