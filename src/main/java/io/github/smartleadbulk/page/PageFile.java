package io.github.smartleadbulk.page;

import io.github.smartleadbulk.file.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** The file of a page. */
public final class PageFile {

  /** How each page begins, so that another page may replace it. */
  static final String MARK = "<!DOCTYPE html>\n<!-- A page of smartlead-bulk -->\n";

  private PageFile() {}

  /** Writes the content of a page. */
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Whether a file can be replaced without loss because it is missing, empty or an earlier page.
   */
  public static boolean mayReplace(Path path) throws IOException {
    if (!Files.exists(path) || Files.size(path) == 0) {
      return true;
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] mark = MARK.getBytes(StandardCharsets.UTF_8);
      return new String(in.readNBytes(mark.length), StandardCharsets.UTF_8).equals(MARK);
    }
  }

  /** Replaces the file as a whole, so that a reader never finds half of it. */
  static void write(Path path, Content content) throws IOException {
    Path part = path.resolveSibling(".%s.%s".formatted(path.getFileName(), UUID.randomUUID()));
    try {
      try (OutputStream out = PrivateFiles.newOutputStream(part)) {
        content.writeTo(out);
      }
      PrivateFiles.move(part, path);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
