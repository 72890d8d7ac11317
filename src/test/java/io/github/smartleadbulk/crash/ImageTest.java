package io.github.smartleadbulk.crash;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images contain what they must, never what they must not, and over many seeds all they may. */
final class ImageTest {

  private static final int SEEDS = 100;

  @TempDir private Path temp;
  private TracedFiles files;
  private Path root;
  private int images;

  @BeforeEach
  void begin() throws IOException {
    begin(Map.of());
  }

  private void begin(Map<String, String> content) throws IOException {
    Path real = Files.createTempDirectory(temp, "real");
    for (Map.Entry<String, String> file : content.entrySet()) {
      Files.writeString(real.resolve(file.getKey()), file.getValue());
    }
    files = new TracedFiles(real);
    root = files.root();
  }

  /** The different folders after a power cut now. */
  private Set<Map<String, String>> powerCuts() throws IOException {
    Set<Map<String, String>> found = new HashSet<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      found.add(powerCut(seed));
    }
    return found;
  }

  private Map<String, String> powerCut(int seed) throws IOException {
    Path image = temp.resolve("image" + images++);
    Image.afterPowerCut(files.trace(), files.trace().size(), seed, image);
    return FolderContent.of(image);
  }

  private void append(String name, String text) throws IOException {
    Files.writeString(root.resolve(name), text, CREATE, APPEND);
  }

  private void force(String name) throws IOException {
    try (FileChannel channel = FileChannel.open(root.resolve(name), READ)) {
      channel.force(true);
    }
  }

  private void rename(String from, String to) throws IOException {
    Files.move(root.resolve(from), root.resolve(to), ATOMIC_MOVE);
  }

  @Test
  void whatWasThereBeforeTheTraceIsForced() throws IOException {
    begin(Map.of("journal", "before"));
    assertThat(powerCuts()).containsExactly(Map.of("journal", "before"));
  }

  @Test
  void seedMeansOneImage() throws IOException {
    append("journal", "x".repeat(5000));
    assertThat(powerCut(3)).isEqualTo(powerCut(3));
  }

  @Test
  void writeCanBeTornByAKill() throws IOException {
    append("journal", "whole");
    append("journal", "torn");
    Set<String> found = new TreeSet<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      Path image = temp.resolve("image" + images++);
      Image.afterTornKill(files.trace(), files.trace().size(), seed, image);
      found.add(FolderContent.of(image).get("journal"));
    }
    assertThat(found).containsExactly("whole", "wholet", "wholeto", "wholetor");
  }

  @Test
  void forcedBytesStayAndLaterOnesMayGetThere() throws IOException {
    append("journal", "kept");
    force("journal");
    force("");
    append("journal", "new");

    assertThat(powerCuts())
        .extracting(image -> image.get("journal"))
        .containsExactlyInAnyOrder(
            "kept", "keptn", "keptne", "keptnew", "kept\0", "kept\0\0", "kept\0\0\0");
  }

  @Test
  void forcedFileCanBeWithoutItsName() throws IOException {
    append("journal", "kept");
    force("journal");
    assertThat(powerCuts()).containsExactlyInAnyOrder(Map.of(), Map.of("journal", "kept"));
  }

  @Test
  void forcedNameCanBeWithoutItsBytes() throws IOException {
    append("journal", "k");
    force("");
    assertThat(powerCuts())
        .extracting(image -> image.get("journal"))
        .containsExactlyInAnyOrder("", "\0", "k");
  }

  @Test
  void folderThatWasNotForcedTakesItsFilesAlong() throws IOException {
    Files.createDirectories(root.resolve("runs/1"));
    append("runs/1/journal", "k");
    force("runs/1/journal");
    force("runs/1");
    assertThat(powerCuts())
        .containsExactlyInAnyOrder(
            Map.of(),
            Map.of("runs/", ""),
            Map.of("runs/", "", "runs/1/", "", "runs/1/journal", "k"));
  }

  /** The way to replace a file: never anything but the old one or the new one, whole. */
  @Test
  void forceAndRenameLeaveTheOldOrTheNew() throws IOException {
    begin(Map.of("good", "old"));
    append("good.tmp", "new");
    force("good.tmp");
    rename("good.tmp", "good");
    assertThat(powerCuts())
        .containsExactlyInAnyOrder(
            Map.of("good", "old"), Map.of("good", "old", "good.tmp", "new"), Map.of("good", "new"));

    force("");
    assertThat(powerCuts()).containsExactly(Map.of("good", "new"));
  }

  @Test
  void renameWithoutForceCanLoseBoth() throws IOException {
    begin(Map.of("good", "old"));
    append("good.tmp", "new");
    rename("good.tmp", "good");
    assertThat(powerCuts()).extracting(image -> image.get("good")).contains("old", "new", "");
  }

  @Test
  void namesOfOneFolderKeepTheirOrder() throws IOException {
    for (int i = 0; i < 4; i++) {
      Files.createFile(root.resolve("" + i));
    }
    assertThat(powerCuts())
        .extracting(image -> String.join("", image.keySet()))
        .containsExactlyInAnyOrder("", "0", "01", "012", "0123");
    force("");
    Files.delete(root.resolve("0"));
    Files.delete(root.resolve("1"));
    assertThat(powerCuts())
        .extracting(image -> String.join("", image.keySet()))
        .containsExactlyInAnyOrder("0123", "123", "23");
  }

  @Test
  void fileThatChangesItsFolderIsInOneOfThem() throws IOException {
    Files.createDirectories(root.resolve("a"));
    Files.createDirectories(root.resolve("b"));
    force("");
    append("a/file", "k");
    force("a/file");
    force("a");
    rename("a/file", "b/file");
    assertThat(powerCuts())
        .extracting(Map::keySet)
        .containsExactlyInAnyOrder(Set.of("a/", "b/", "a/file"), Set.of("a/", "b/", "b/file"));

    force("b");
    assertThat(powerCuts()).extracting(Map::keySet).containsExactly(Set.of("a/", "b/", "b/file"));
  }

  /** Each of three sectors can be old or new, whatever the others are; no sector is torn. */
  @Test
  void sectorsGetToTheDiskInAnyOrder() throws IOException {
    begin(Map.of("file", "o".repeat(1536)));
    try (FileChannel channel = FileChannel.open(root.resolve("file"), WRITE)) {
      channel.write(ByteBuffer.wrap("n".repeat(1000).getBytes(US_ASCII)));
      channel.write(ByteBuffer.wrap("n".repeat(536).getBytes(US_ASCII)));
    }
    Set<String> found =
        powerCuts().stream()
            .map(image -> image.get("file").replaceAll("(.)\\1*", "$1"))
            .collect(Collectors.toSet());
    assertThat(found).contains("o", "n", "on", "no", "ono", "non");
    assertThat(powerCuts())
        .allSatisfy(
            image -> {
              assertThat(image.get("file")).hasSize(1536);
              assertThat(image.get("file").substring(0, 512)).matches("o+|n+");
              assertThat(image.get("file").substring(1024)).matches("o+|n+");
            });
  }

  @Test
  void whatWasCutOffNeverComesBackUnderneathNewBytes() throws IOException {
    begin(Map.of("journal", "goodbad"));
    try (FileChannel channel = FileChannel.open(root.resolve("journal"), WRITE)) {
      channel.truncate(4);
      channel.write(ByteBuffer.wrap(new byte[] {'n', 'e', 'w', '!'}), 4);
    }
    assertThat(powerCuts())
        .extracting(image -> image.get("journal"))
        .allMatch(text -> text.equals("goodbad") || text.matches("good(n?e?w?!?|\0*)"))
        .contains("goodbad", "good", "goodnew!");
  }

  @Test
  void emptiedFileIsTheOldOneOrAnyPartOfTheNew() throws IOException {
    begin(Map.of("file", "old"));
    Files.writeString(root.resolve("file"), "n", TRUNCATE_EXISTING);
    assertThat(powerCuts())
        .extracting(image -> image.get("file"))
        .containsExactlyInAnyOrder("old", "", "\0", "n");
  }
}
