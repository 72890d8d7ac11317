package io.github.smartleadbulk.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is on the screen, as a terminal makes it of what was printed. */
final class LiveStreamTest {

  /** A terminal without end that breaks long lines and knows the escapes that are used. */
  private static final class Screen {

    private static final Pattern PART =
        Pattern.compile("\u001B\\[(?<count>[0-9]*)(?<kind>[AJK])|\r|\n|[^\u001B\r\n]+");

    private final List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
    private int row;
    private int column;

    void print(String text) {
      Matcher part = PART.matcher(text);
      int end = 0;
      while (part.find()) {
        assertThat(part.start()).as("nothing unknown in %s", text).isEqualTo(end);
        end = part.end();
        if (part.group().equals("\r")) {
          column = 0;
        } else if (part.group().equals("\n")) {
          row++;
          column = 0;
        } else if (part.group("kind") == null) {
          part.group().chars().forEach(this::put);
        } else {
          escape(part.group("kind"), part.group("count"));
        }
      }
      assertThat(end).as("nothing unknown in %s", text).isEqualTo(text.length());
    }

    private void put(int character) {
      StringBuilder line = line();
      if (column < line.length()) {
        line.setCharAt(column, (char) character);
      } else {
        line.append((char) character);
      }
      column++;
    }

    private StringBuilder line() {
      while (lines.size() <= row) {
        lines.add(new StringBuilder());
      }
      return lines.get(row);
    }

    private void escape(String kind, String count) {
      if (kind.equals("A")) {
        row = Math.max(0, row - Integer.parseInt(count));
        return;
      }
      line().setLength(Math.min(column, line().length()));
      if (kind.equals("J")) {
        lines.subList(row + 1, lines.size()).clear();
      }
    }

    /** Breaks the lines that no longer fit, as terminals do whose window becomes narrower. */
    void narrow(int columns) {
      List<StringBuilder> broken = new ArrayList<>();
      for (StringBuilder line : lines) {
        for (int start = 0; start == 0 || start < line.length(); start += columns) {
          broken.add(
              new StringBuilder(line.substring(start, Math.min(line.length(), start + columns))));
        }
      }
      lines.clear();
      lines.addAll(broken);
      row = lines.size() - 1;
      column = lines.get(row).length();
    }

    List<String> lines() {
      return lines.stream().map(StringBuilder::toString).toList();
    }
  }

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final LiveStream terminal =
      new LiveStream(new PrintStream(printed, true, StandardCharsets.UTF_8));
  private final Screen screen = new Screen();

  private void show(int columns, String... lines) {
    terminal.show(List.of(lines), columns);
    display();
  }

  private void display() {
    screen.print(printed.toString(StandardCharsets.UTF_8));
    printed.reset();
  }

  @Test
  void linesAreReplaced() {
    show(80, "9 of 20 rows", "acme: 4 of 10 rows", "globex: 5 of 10 rows");
    show(80, "12 of 20 rows", "acme: 7 of 10 rows", "globex: done");

    assertThat(screen.lines())
        .containsExactly("12 of 20 rows", "acme: 7 of 10 rows", "globex: done");
  }

  @Test
  void fewerLinesLeaveNothingOfTheOthers() {
    show(80, "9 of 20 rows", "acme: 4 of 10 rows", "globex: 5 of 10 rows");
    show(80, "10 of 20");
    assertThat(screen.lines()).containsExactly("10 of 20");

    show(80, "11 of 20 rows", "acme: 6 of 10 rows");
    show(80);
    assertThat(screen.lines()).containsExactly("");
  }

  @Test
  void aMessageTakesThePlaceOfTheLinesAndTheyFollowIt() {
    show(80, "9 of 20 rows", "acme: 4 of 10 rows");
    terminal.println("warning: a message");
    display();
    assertThat(screen.lines()).startsWith("warning: a message").doesNotContain("9 of 20 rows");

    show(80, "10 of 20 rows", "acme: 5 of 10 rows");
    assertThat(screen.lines())
        .containsExactly("warning: a message", "10 of 20 rows", "acme: 5 of 10 rows");
  }

  @Test
  void aNarrowerWindowKeepsNothingOfTheBrokenLines() {
    terminal.println("a message");
    show(80, "9 of 20 rows, 9 updated", "acme: 4 of 10 rows, stopped: no key");
    screen.narrow(12);
    show(12, "10 of 20", "acme: 5 of");

    assertThat(screen.lines()).containsExactly("a message", "10 of 20", "acme: 5 of");
  }
}
