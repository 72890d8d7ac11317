package io.github.smartleadbulk.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.state.DuplicateRows.DuplicateRow;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DuplicateRowsTest {

  @TempDir private Path folder;
  private StateStore store;

  @BeforeEach
  void open() {
    store = TestState.open(folder);
    for (int run = 1; run <= 2; run++) {
      store
          .runs()
          .create(
              run,
              new RunSpec("update", "a", null, "f".repeat(64), "sandbox", "k", Map.of(), null),
              null,
              Instant.EPOCH);
    }
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void rowsAreReplacedAndOfTheirRun() {
    DuplicateRow one = new DuplicateRow(1, 2, 10);
    DuplicateRow two = new DuplicateRow(5, 9, 10);
    store.duplicateRows().replace(1, List.of(two, one));
    store.duplicateRows().replace(2, List.of(two));
    assertThat(store.duplicateRows().of(1)).containsExactly(one, two);

    store.duplicateRows().replace(1, List.of(two));
    assertThat(store.duplicateRows().of(1)).containsExactly(two);
    store.duplicateRows().replace(1, List.of());
    assertThat(store.duplicateRows().of(1)).isEmpty();
    assertThat(store.duplicateRows().of(2)).containsExactly(two);
  }

  @Test
  void moreRowsThanOneBatch() {
    List<DuplicateRow> rows =
        LongStream.rangeClosed(1, 2_500).mapToObj(i -> new DuplicateRow(i, i + 1, 7)).toList();
    store.duplicateRows().replace(1, rows);

    assertThat(store.duplicateRows().of(1)).isEqualTo(rows);
  }
}
