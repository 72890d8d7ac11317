package io.github.smartleadbulk.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.smartleadbulk.input.Duplicates.Entry;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DuplicatesTest {

  private static final List<Entry> ENTRIES =
      List.of(
          new Entry(-9, 6, 10),
          new Entry(-9, 7, 11),
          new Entry(3, 2, 3),
          new Entry(3, 5, 9),
          new Entry(7, 1, 2),
          new Entry(7, 3, 4),
          new Entry(7, 4, 8));

  @TempDir private Path folder;

  @Test
  void canBeKeptAndMadeAgain() {
    List<Entry> kept = new ArrayList<>(ENTRIES);
    Collections.reverse(kept);

    assertThat(Duplicates.of(kept).entries()).isEqualTo(ENTRIES);
    assertThat(Duplicates.of(List.of()).isEmpty()).isTrue();
  }

  @Test
  void namesTheOtherLines() {
    Duplicates duplicates = Duplicates.of(ENTRIES);

    assertThat(duplicates.otherLines(-9, 10)).isEqualTo("line 11");
    assertThat(duplicates.otherLines(3, 9)).isEqualTo("line 3");
    assertThat(duplicates.otherLines(7, 4)).isEqualTo("lines 2 and 8");
  }

  @Test
  void namesAFewOfManyLines() {
    List<Entry> entries = new ArrayList<>();
    for (int row = 1; row <= 100; row++) {
      entries.add(new Entry(5, row, row + 1));
    }
    Duplicates duplicates = Duplicates.of(entries);

    assertThat(duplicates.otherLines(5, 3)).isEqualTo("lines 2, 4, 5, 6, 7 and 94 more");
    assertThat(duplicates.otherLines(5, 90)).isEqualTo("lines 2, 3, 4, 5, 6 and 94 more");
  }

  @Test
  void namesAllOfSixLines() {
    List<Entry> entries = new ArrayList<>();
    for (int row = 1; row <= 6; row++) {
      entries.add(new Entry(5, row, row + 1));
    }

    assertThat(Duplicates.of(entries).otherLines(5, 7)).isEqualTo("lines 2, 3, 4, 5 and 6");
  }

  /** In one pass, and in several where the ids are more than a pass watches. */
  @Test
  void findsTheFewAmongVeryMany() throws IOException {
    int rows = 60_000;
    Path path = folder.resolve("many.csv");
    try (Writer writer = Files.newBufferedWriter(path)) {
      writer.write("id,max_email_per_day,from_name\n");
      for (int row = 1; row <= rows; row++) {
        int id = row == rows ? 1 : row == 40_000 ? 30_000 : row;
        writer.write(id + "," + (row % 10 == 0 ? "" : row % 100) + ",\n");
      }
    }
    InputFile file = InputFile.open(path, "many.csv", InputOptions.defaults());
    List<Entry> expected =
        List.of(
            new Entry(1, 1, 2),
            new Entry(1, rows, rows + 1),
            new Entry(30_000, 30_000, 30_001),
            new Entry(30_000, 40_000, 40_001));

    Inspection inspection = file.inspect(row -> {});
    Inspection inManyPasses =
        new Inspector(file, AddressBook.unknown(), 20_000).inspect(row -> {}, null);

    assertThat(inspection.duplicates().entries()).isEqualTo(expected);
    assertThat(inspection.rows()).isEqualTo(rows);
    assertThat(inspection.skipped()).isEqualTo(5_997);
    assertThat(inspection.invalid()).isEqualTo(4);
    assertThat(inspection.valid()).isEqualTo(53_999);
    assertThat(inManyPasses.duplicates().entries()).isEqualTo(expected);
  }

  /** Told in the last pass, when it is known which rows share their account. */
  @Test
  void tellsEachInvalidRowOnceWithAllThatIsWrong() throws IOException {
    Path path = folder.resolve("few.csv");
    Files.writeString(path, "id,max_email_per_day\n1,40\n2,x\n1,x\n3,40\n4,-1\n");
    InputFile file = InputFile.open(path, "few.csv", InputOptions.defaults());
    List<String> told = new ArrayList<>();

    Inspection inspection =
        file.inspect(AddressBook.unknown(), row -> {}, row -> told.add(row.message()));

    assertThat(inspection.invalid()).isEqualTo(4).isEqualTo(told.size());
    assertThat(told.get(0)).startsWith("line 2, account 1: ").contains("also in line 4");
    assertThat(told.get(1)).startsWith("line 3, account 2: max_email_per_day");
    assertThat(told.get(2)).startsWith("line 4, account 1: max_email").contains("also in line 2");
    assertThat(told.get(3)).startsWith("line 6, account 4: max_email_per_day");
  }

  /** The same file with three kinds of book: what is for one account depends on what is known. */
  @Test
  void findsAddressesAmongVeryMany() throws IOException {
    int rows = 12_000;
    Path path = folder.resolve("many.csv");
    try (Writer writer = Files.newBufferedWriter(path)) {
      writer.write("id,from_email,max_email_per_day\n");
      for (int row = 1; row <= rows; row++) {
        String account =
            switch (row) {
              case 8_000 -> ",M4000@example.com";
              case 10_000 -> "6000,";
              default -> ",m" + row + "@example.com";
            };
        writer.write(account + ",40\n");
      }
    }
    InputFile file = InputFile.open(path, "many.csv", InputOptions.defaults());
    AddressBook idsInAddresses =
        (workspace, address) -> List.of(Long.valueOf(address.substring(1, address.indexOf('@'))));
    AddressBook twoOfEach = (workspace, address) -> List.of(1L, 2L);

    Inspection offline = inspectInManyPasses(file, AddressBook.unknown());
    Inspection ambiguous = inspectInManyPasses(file, twoOfEach);
    Inspection lookedUp = inspectInManyPasses(file, idsInAddresses);

    assertThat(offline.duplicates().entries())
        .extracting(Entry::row, Entry::line)
        .containsExactly(tuple(4_000L, 4_001L), tuple(8_000L, 8_001L));
    assertThat(ambiguous).usingRecursiveComparison().isEqualTo(offline);
    assertThat(lookedUp.duplicates().entries())
        .containsExactly(
            new Entry(4_000, 4_000, 4_001),
            new Entry(4_000, 8_000, 8_001),
            new Entry(6_000, 6_000, 6_001),
            new Entry(6_000, 10_000, 10_001));
    assertThat(offline.invalid()).isEqualTo(2);
    assertThat(lookedUp.invalid()).isEqualTo(4);
  }

  private static Inspection inspectInManyPasses(InputFile file, AddressBook book)
      throws IOException {
    return new Inspector(file, book, 2_000).inspect(row -> {}, null);
  }
}
