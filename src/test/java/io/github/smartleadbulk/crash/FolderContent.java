package io.github.smartleadbulk.crash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What is in a folder, to compare it. */
public final class FolderContent {

  private FolderContent() {}

  /** File content by relative path, a byte a character; folders end with "/" and have none. */
  public static SortedMap<String, String> of(Path folder) throws IOException {
    SortedMap<String, String> content = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.skip(1).toList()) {
        String name = folder.relativize(path).toString();
        if (Files.isDirectory(path)) {
          content.put(name + "/", "");
        } else {
          content.put(name, new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1));
        }
      }
    }
    return content;
  }
}
