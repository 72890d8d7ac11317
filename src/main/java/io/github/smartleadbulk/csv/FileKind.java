package io.github.smartleadbulk.csv;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Kinds of files that are not CSV, recognised by how they begin, with advice for each. */
enum FileKind {
  XLSX("PK\u0003\u0004[\\s\\S]*(?:xl/|\\[Content_Types]\\.xml)", "an Excel workbook (XLSX)", true),
  ODS(
      "PK\u0003\u0004[\\s\\S]*mimetypeapplication/vnd\\.oasis\\.opendocument\\.spreadsheet",
      "a LibreOffice spreadsheet (ODS)",
      true),
  NUMBERS("PK\u0003\u0004[\\s\\S]*(?:Index/|\\.iwa)", "a Numbers spreadsheet", true),
  ZIP(
      "PK[\u0003\u0005\u0007][\u0004\u0006\b]",
      "a ZIP archive",
      "unpack it and give the CSV file that it contains"),
  XLS("\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1", "an old Excel workbook (XLS)", true),
  GZIP("\u001F\u008B", "a gzip archive", "unpack it first, for example with gunzip"),
  PDF("%PDF-", "a PDF document", "export the table as CSV from the program that made the PDF"),
  RTF("\\{\\\\rtf", "a text document (RTF)", "save the table as CSV"),
  SPREADSHEET_ML(
      "\\s*<\\?xml[\\s\\S]*<\\?mso-application progid=\"Excel", "an Excel workbook (XML)", true),
  HTML(
      "(?i)\\s*<(?:!doctype|!--|html|head|body|table|meta|title)",
      "a web page (HTML)",
      "a login page or an error page was saved instead of the download: download the CSV again"),
  XML("\\s*<(?:\\?xml|[a-zA-Z])", "XML", "save or export it as CSV"),
  JSON("\\s*(?:\\[\\s*[{\\[\"]|\\[\\s*]|\\{\\s*[\"}])", "JSON", "convert it to CSV first");

  /** How many bytes to look at: enough for the part names of a ZIP archive and for a header. */
  static final int START = 4096;

  private static final String AS_CSV =
      "open it and save the sheet with the accounts as \"CSV UTF-8\" (in Excel: File, Save As)";

  private final Pattern pattern;
  private final String what;
  private final String mend;

  FileKind(String pattern, String what, boolean spreadsheet) {
    this(pattern, what, spreadsheet ? AS_CSV : "");
  }

  FileKind(String pattern, String what, String mend) {
    this.pattern = Pattern.compile(pattern);
    this.what = what;
    this.mend = mend;
  }

  /** The kind of a file that begins like this, or null if it may be a CSV. */
  static @Nullable FileKind find(byte[] start) {
    String text = new String(start, StandardCharsets.ISO_8859_1);
    for (FileKind kind : values()) {
      if (kind.pattern.matcher(text).lookingAt()) {
        return kind;
      }
    }
    return null;
  }

  String message() {
    return "the file is %s, expected a CSV: %s".formatted(what, mend);
  }
}
