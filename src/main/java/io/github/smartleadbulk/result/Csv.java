package io.github.smartleadbulk.result;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Writes CSVs. */
final class Csv {

  static final CSVFormat FORMAT = CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

  private static final Pattern FORMULA =
      Pattern.compile("(?<![^;,\\t\\r\\n])(?=[=+\\-@\\t\\r\uFF1D\uFF0B\uFF0D\uFF20])");

  private Csv() {}

  /** Writes cells exactly. Text that UTF-8 cannot encode is an error instead of a question mark. */
  static CSVPrinter exact(OutputStream out) throws IOException {
    return new CSVPrinter(
        new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8.newEncoder())),
        FORMAT);
  }

  /**
   * Whether a file can be replaced without loss because it is missing, empty or has this header.
   */
  static boolean mayReplace(Path path, String header) throws IOException {
    if (!Files.exists(path) || Files.size(path) == 0) {
      return true;
    }
    try (InputStream in = Files.newInputStream(path)) {
      String marked = ByteOrderMark.FOR_EXCEL + header;
      byte[] start = in.readNBytes(marked.getBytes(StandardCharsets.UTF_8).length);
      String found = new String(start, StandardCharsets.UTF_8);
      return found.startsWith(header)
          || found.equals(marked)
          || found.equals(ByteOrderMark.FOR_EXCEL.toString());
    }
  }

  /**
   * Changes a text so that no spreadsheet runs it as a formula (OWASP, "CSV injection"), even if
   * the spreadsheet splits cells at another delimiter. Some spreadsheets also accept full-width
   * signs.
   */
  static String harmless(String text) {
    return text.isEmpty() ? text : FORMULA.matcher(text).replaceAll("'");
  }
}
