package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Files of all dialects, written by another library than the program reads them with: every body
 * that arrives is what was meant. {@code -Drows=100000} takes more rows than the usual ones.
 */
class RowsAsMeantTest {

  private static final long SEED = 13;
  private static final int ROWS = Integer.getInteger("rows", 2_000);
  private static final int FILES = 40;
  private static final long FIRST = 10_000_001;

  private static final JsonMapper JSON = JsonMapper.shared();

  private static final List<String> CHARSETS =
      List.of(
          "UTF-8", "UTF-8 mark", "UTF-16LE mark", "UTF-16BE mark", "windows-1252", "x-MacRoman");

  private static final List<String> NAMES =
      List.of(
          "Jane Roe",
          " Jane ",
          "O'Hara, Zoë",
          "\"JJ\" Roe",
          "Jane; Roe",
          "tab\there",
          "two\nlines",
          "crlf\r\nlines",
          "Ünï Cödé",
          "ends with quote\"",
          ", begins",
          "-dash",
          "0012");

  /** Only charsets of Unicode can spell these. */
  private static final List<String> WIDE_NAMES =
      List.of("Łukasz Żółć", "Иван", "你好", "\uD83D\uDE00 Jane", "\u05D0\u05D1");

  private static final List<String> SIGNATURES =
      List.of(
          "<p style=\"color:red\">Hi, you</p>",
          "<p>Hi</p>\n<p>x</p>\n",
          "plain, text; \"quoted\"\tand tabs",
          "<a href='https://x.example.com'>x</a>",
          " leading and trailing ");

  @TempDir private Path home;

  @BeforeAll
  static void nagle() {
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  static Stream<Integer> files() {
    return IntStream.range(0, FILES).boxed();
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyBodyIsWhatWasMeant(int number) throws IOException {
    Generator generator = new Generator(new Random(SEED + number), number);
    Path file = home.resolve("rows.csv");
    generator.write(file, Math.max(1, ROWS / FILES));
    try (FakeSmartlead api = FakeSmartlead.start(0)) {
      generator.meant.keySet().forEach(api::add);
      List<String> arguments =
          new ArrayList<>(List.of("update", "rows.csv", "--snapshot", "none", "--allow-same-bcc"));
      arguments.addAll(generator.options());

      Ended ended = api.run(new TestProgram(home), arguments.toArray(String[]::new));

      assertThat(ended.exitCode()).as("%s%n%s", generator, ended.err()).isZero();
      Map<Long, String> sent = new TreeMap<>();
      for (String update : api.updates()) {
        long account = Long.parseLong(update.substring(0, update.indexOf(' ')));
        assertThat(sent.put(account, update.substring(update.indexOf(' ') + 1))).isNull();
      }
      Map<Long, String> meant = new TreeMap<>();
      generator.meant.forEach((account, body) -> meant.put(account, body.toString()));
      assertThat(sent).as("%s", generator).isEqualTo(meant);
    }
  }

  /** One file, and what it means. */
  private static final class Generator {

    private final Random random;
    private final boolean mark;
    private final Charset charset;
    private final boolean unicode;
    private final char delimiter;
    private final LineDelimiter lines;
    private final QuoteStrategy quotes;
    private final boolean shortRows;
    private final boolean separatorLine;
    private final boolean blanks;
    private final List<String> columns;
    final Map<Long, ObjectNode> meant = new TreeMap<>();

    Generator(Random random, int number) {
      this.random = random;
      // The dimensions have no common divisors with each other's steps, so that all pairs come.
      String encoding = CHARSETS.get(number % CHARSETS.size());
      this.mark = encoding.endsWith(" mark");
      this.charset = Charset.forName(encoding.replace(" mark", ""));
      this.unicode = encoding.startsWith("UTF");
      this.delimiter = List.of(',', ';', '\t', '|').get(random.nextInt(4));
      this.separatorLine = delimiter == '|' && random.nextBoolean();
      this.lines =
          List.of(LineDelimiter.LF, LineDelimiter.CRLF, LineDelimiter.CR).get(random.nextInt(3));
      this.quotes =
          List.of(QuoteStrategies.REQUIRED, QuoteStrategies.ALWAYS, QuoteStrategies.EMPTY)
              .get(random.nextInt(3));
      this.shortRows = random.nextBoolean();
      this.blanks = random.nextBoolean();
      List<String> settings =
          new ArrayList<>(
              List.of(
                  "Daily Limit",
                  "from_name",
                  "Tracking Domain",
                  "bcc",
                  "signature",
                  "client_id",
                  "minTimeToWaitInMins",
                  "is_suspended",
                  "password",
                  "smtp_host",
                  "_note",
                  ""));
      Collections.shuffle(settings, random);
      settings.add(random.nextInt(settings.size()), "ID");
      this.columns = settings;
    }

    List<String> options() {
      List<String> options = new ArrayList<>();
      if (!unicode) {
        options.addAll(List.of("--charset", charset.name()));
      }
      if (delimiter == '|' && !separatorLine) {
        options.addAll(List.of("--delimiter", "|"));
      }
      return options;
    }

    void write(Path file, int rows) throws IOException {
      try (Writer out = new OutputStreamWriter(Files.newOutputStream(file), charset)) {
        out.write(mark ? "\uFEFF" : "");
        out.write(separatorLine ? "sep=|" + lines : "");
        CsvWriter csv =
            CsvWriter.builder()
                .fieldSeparator(delimiter)
                .lineDelimiter(lines)
                .quoteStrategy(quotes)
                .build(out);
        csv.writeRecord(columns);
        for (long account = FIRST; account < FIRST + rows; account++) {
          csv.writeRecord(row(account));
          if (random.nextInt(20) == 0) {
            csv.writeRecord(Collections.nCopies(random.nextInt(1, columns.size() + 3), ""));
          }
        }
        csv.flush();
      }
    }

    private List<String> row(long account) {
      ObjectNode body = JSON.createObjectNode();
      Map<String, String> cells = new TreeMap<>();
      cells.put("ID", padded(account + (random.nextInt(5) == 0 ? ".0" : "")));
      int limit = 1 + random.nextInt(200);
      if (some()) {
        body.put("max_email_per_day", limit);
        cells.put("Daily Limit", padded(limit + (some() ? "" : ".0")));
      }
      if (some()) {
        String name = pick(unicode && random.nextBoolean() ? WIDE_NAMES : NAMES);
        body.put("from_name", name);
        cells.put("from_name", name);
      }
      if (some()) {
        String host = pick(List.of("track.example.com", "https://t.example.com", "T.example.com/"));
        body.put("custom_tracking_url", host);
        cells.put("Tracking Domain", padded(host));
      }
      if (random.nextInt(6) == 0) {
        body.put("bcc", "");
        cells.put("bcc", "<clear>");
      } else if (some()) {
        body.put("bcc", "b" + account + "@example.com");
        cells.put("bcc", padded("b" + account + "@example.com"));
      }
      if (some()) {
        String signature = pick(SIGNATURES);
        body.put("signature", signature);
        cells.put("signature", signature);
      }
      if (random.nextInt(6) == 0) {
        body.putNull("client_id");
        cells.put("client_id", "<clear>");
      } else if (some()) {
        int client = 1 + random.nextInt(100_000);
        body.put("client_id", client);
        cells.put("client_id", padded("" + client));
      }
      if (some()) {
        int minutes = random.nextInt(1_000);
        body.put("time_to_wait_in_mins", minutes);
        cells.put("minTimeToWaitInMins", padded("" + minutes));
      }
      // So that every row sets something.
      boolean suspended = random.nextBoolean();
      body.put("is_suspended", suspended);
      cells.put(
          "is_suspended",
          padded(
              pick(
                  suspended
                      ? List.of("true", "YES", "1", "1.0", "on", "WAHR", "y")
                      : List.of("false", "No", "0", "0.0", "off", "FALSCH", "n"))));
      cells.put("password", pick(List.of("p,w", "p\"w", "", "x\ny", "'")));
      cells.put("smtp_host", "smtp.example.com");
      cells.put("_note", pick(List.of("", "note", "a,b;c\td|e")));
      meant.put(account, body);
      List<String> row = new ArrayList<>();
      columns.forEach(column -> row.add(cells.getOrDefault(column, "")));
      while (shortRows && row.get(row.size() - 1).isEmpty()) {
        row.remove(row.size() - 1);
      }
      return row;
    }

    private boolean some() {
      return random.nextInt(3) > 0;
    }

    private String padded(String value) {
      return blanks ? pick(List.of("", " ", "\u00A0")) + value + pick(List.of("", "  ")) : value;
    }

    private String pick(List<String> from) {
      return from.get(random.nextInt(from.size()));
    }

    @Override
    public String toString() {
      return "%s%s, %s, %s lines %s"
          .formatted(charset, mark ? " with mark" : "", delimiter, quotes, lines.name());
    }
  }
}
