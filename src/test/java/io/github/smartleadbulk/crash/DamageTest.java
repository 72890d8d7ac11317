package io.github.smartleadbulk.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage hits one file, says so, and in time does everything that it can. */
final class DamageTest {

  @TempDir private Path temp;

  private Path folder(String name, String journal) throws IOException {
    Path folder = temp.resolve(name);
    Files.createDirectories(folder.resolve("runs/1"));
    Files.writeString(folder.resolve("runs/1/journal"), journal);
    Files.writeString(folder.resolve("state"), "s".repeat(5000));
    return folder;
  }

  @Test
  void oneFileIsOtherThanBefore() throws IOException {
    Path older = folder("older", "first");
    Set<String> messages = new TreeSet<>();
    for (int seed = 0; seed < 120; seed++) {
      Path folder = folder("folder" + seed, "first\nsecond\n");
      Map<String, String> before = FolderContent.of(folder);
      String message = Damage.of(folder, older, seed);
      Map<String, String> changed = new TreeMap<>(before);
      changed.entrySet().removeAll(FolderContent.of(folder).entrySet());
      assertThat(changed).as(message).hasSize(1);
      assertThat(message).startsWith(changed.keySet().iterator().next() + " ");
      messages.add(message);
    }
    assertThat(messages)
        .contains("runs/1/journal removed", "runs/1/journal replaced by an older copy")
        .contains("state emptied", "state with zeros in the page at byte 4,096 of 5,000")
        .doesNotContain("state replaced by an older copy")
        .anyMatch(message -> message.matches("runs/1/journal cut to \\d+ of 13 bytes"))
        .anyMatch(
            message -> message.matches("state with bit \\d of byte [\\d,]+ of 5,000 changed"));
    assertThat(Damage.of(folder("again", "x"), 7)).isEqualTo(Damage.of(folder("againToo", "x"), 7));
  }
}
