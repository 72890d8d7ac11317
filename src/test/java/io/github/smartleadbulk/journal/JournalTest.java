package io.github.smartleadbulk.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smartleadbulk.crash.Faults.Fault;
import io.github.smartleadbulk.crash.TracedFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class JournalTest {

  @TempDir private Path folder;
  private Path path;

  @BeforeEach
  void name() {
    path = folder.resolve("journal");
  }

  private static JournalRecord record(String text) {
    return new JournalRecord((byte) 7, text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> read(Path path, long from) throws IOException {
    List<String> texts = new ArrayList<>();
    try (JournalReader reader = JournalReader.open(path, from)) {
      for (List<JournalRecord> records = reader.next();
          !records.isEmpty();
          records = reader.next()) {
        for (JournalRecord record : records) {
          assertThat(record.kind()).isEqualTo((byte) 7);
          texts.add(new String(record.content(), StandardCharsets.UTF_8));
        }
      }
    }
    return texts;
  }

  private List<String> read() throws IOException {
    return read(path, 0);
  }

  /** A journal of four frames, and where each of them ends. */
  private List<Long> write(String... texts) throws IOException {
    List<Long> ends = new ArrayList<>();
    try (JournalWriter writer = JournalWriter.create(path, record(texts[0]))) {
      ends.add(writer.length());
      for (String text : List.of(texts).subList(1, texts.length)) {
        writer.append(record(text)).join();
        ends.add(writer.length());
      }
    }
    return ends;
  }

  @Test
  void recordsAreReadAsTheyWereWritten() throws IOException {
    String large = "x".repeat(3 << 20);
    write("one", "", "ü\uD83D\uDE00\u0000", large, "last");

    assertThat(read()).containsExactly("one", "", "ü\uD83D\uDE00\u0000", large, "last");
  }

  @Test
  void writerGoesOnWhereAnotherHasEnded() throws IOException {
    List<Long> ends = write("one", "two");
    try (JournalWriter writer = JournalWriter.append(path)) {
      assertThat(writer.length()).isEqualTo(ends.get(1));
      writer.append(record("three")).join();
    }

    assertThat(read()).containsExactly("one", "two", "three");
    assertThat(read(path, ends.get(0))).containsExactly("two", "three");
    assertThat(read(path, ends.get(1))).containsExactly("three");
  }

  @Test
  void tornEndIsCutOffAtEveryByte() throws IOException {
    List<Long> ends = write("one", "two", "three");
    byte[] whole = Files.readAllBytes(path);
    for (int length = (int) (long) ends.get(1); length < whole.length; length++) {
      Files.write(path, Arrays.copyOf(whole, length));
      assertThat(read()).containsExactly("one", "two");
      try (JournalWriter writer = JournalWriter.append(path)) {
        writer.append(record("4")).join();
      }
      assertThat(read()).containsExactly("one", "two", "4");
    }
  }

  /** A crash may have left the length of a write without its bytes. */
  @Test
  void zerosBehindTheEndAreCutOff() throws IOException {
    write("one", "two");
    Files.write(path, new byte[5_000], StandardOpenOption.APPEND);

    assertThat(read()).containsExactly("one", "two");
  }

  @Test
  void damageBeforeAWholeFrameIsNoTornEnd() throws IOException {
    List<Long> ends = write("one", "two", "three");
    byte[] whole = Files.readAllBytes(path);
    for (int at = 0; at < ends.get(1); at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      Files.write(path, damaged);

      String place = at < 20 ? "0" : at < ends.get(0) ? "20" : Long.toString(ends.get(0));
      assertThatThrownBy(this::read)
          .isInstanceOf(DamagedJournalException.class)
          .hasMessage(
              path
                  + " is damaged at byte "
                  + place
                  + ": its content has changed since it was written");
      assertThatThrownBy(() -> JournalWriter.append(path))
          .isInstanceOf(DamagedJournalException.class);
      assertThat(Files.readAllBytes(path)).isEqualTo(damaged);
    }
  }

  @Test
  void frameOfAnotherPlaceOrFileIsNone() throws IOException {
    List<Long> ends = write("one", "two", "six");
    byte[] whole = Files.readAllBytes(path);
    int first = (int) (long) ends.get(0);
    int second = (int) (long) ends.get(1);
    byte[] swapped = whole.clone();
    System.arraycopy(whole, second, swapped, first, second - first);
    Files.write(path, swapped);
    assertThatThrownBy(this::read).isInstanceOf(DamagedJournalException.class);

    Path other = folder.resolve("other");
    try (JournalWriter writer = JournalWriter.create(other, record("one"))) {
      writer.append(record("two")).join();
    }
    byte[] foreign = Arrays.copyOf(whole, second);
    System.arraycopy(Files.readAllBytes(other), first, foreign, first, second - first);
    Files.write(path, foreign);
    assertThat(read()).containsExactly("one");
  }

  @Test
  void journalThatIsShorterThanItWasIsDamaged() throws IOException {
    List<Long> ends = write("one", "two");
    Files.write(path, Arrays.copyOf(Files.readAllBytes(path), (int) (long) ends.get(0)));

    assertThatThrownBy(() -> read(path, ends.get(1))).isInstanceOf(DamagedJournalException.class);
  }

  @Test
  void whoReadsWhileOthersWriteSeesWhatWasThere() throws IOException {
    write("one");
    try (JournalWriter writer = JournalWriter.append(path);
        JournalReader reader = JournalReader.open(path, 0)) {
      writer.append(record("two")).join();
      assertThat(reader.next()).hasSize(1);
      assertThat(reader.next()).isEmpty();
    }
  }

  @Test
  void journalIsThereWholeOrNotAtAll() throws IOException {
    TracedFiles files = new TracedFiles(folder);
    files.faults().failFrom(2, Fault.FULL);

    assertThatThrownBy(() -> JournalWriter.create(files.wrap(path), record("one")))
        .isInstanceOf(IOException.class);
    assertThat(path).doesNotExist();
  }

  /** Nothing after it may count as kept. */
  @ParameterizedTest
  @ValueSource(strings = {"FULL", "OVER_QUOTA", "BROKEN", "READ_ONLY"})
  void recordThatCannotBeKeptIsToldAndSoAreAllAfterIt(String fault) throws IOException {
    TracedFiles files = new TracedFiles(folder);
    try (JournalWriter writer = JournalWriter.create(files.wrap(path), record("one"))) {
      writer.append(record("two")).join();
      files.faults().failOnce(1, Fault.valueOf(fault));
      assertFailed(writer.append(record("three")));
      assertFailed(writer.append(record("four")));
    }

    assertThat(read()).containsExactly("one", "two");
  }

  private static void assertFailed(CompletableFuture<Void> forced) {
    assertThatThrownBy(forced::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(IOException.class);
  }

  /** An Error too: whoever waits must not wait for ever. */
  @Test
  void recordThatIsTooLargeIsToldAndSoAreAllAfterIt() throws IOException {
    try (JournalWriter writer = JournalWriter.create(path, record("one"))) {
      CompletableFuture<Void> forced =
          writer.append(new JournalRecord((byte) 7, new byte[Frame.LARGEST]));
      assertThatThrownBy(forced::join).hasCauseInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(writer.append(record("two"))::join)
          .hasCauseInstanceOf(IllegalArgumentException.class);
    }

    assertThat(read()).containsExactly("one");
  }

  @Test
  void fileOfSomebodyElseIsNoJournal() throws IOException {
    Files.writeString(path, "id,limit\n1,2\n3,4\n5,6\n7,8\n");

    assertThatThrownBy(() -> JournalWriter.append(path))
        .isInstanceOf(DamagedJournalException.class);
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      assertThat(channel.read(ByteBuffer.allocate(100))).isEqualTo(25);
    }
  }
}
