package io.github.smartleadbulk.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the Markdown documents of the checkout: tables, commands, links. */
final class Documents {

  static final Path CHECKOUT = Path.of("").toAbsolutePath();
  static final Path README = CHECKOUT.resolve("README.md");
  static final Path GUIDE = CHECKOUT.resolve("docs/guide.md");
  static final Path REFERENCE = CHECKOUT.resolve("docs/reference.md");
  static final Path TROUBLESHOOTING = CHECKOUT.resolve("docs/troubleshooting.md");

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("#+ (.+)");

  /** A word of a shell: quoted parts and plain characters without a blank between. */
  private static final Pattern WORD = Pattern.compile("(?:\"[^\"]*\"|'[^']*'|[^\\s\"'])+");

  private Documents() {}

  /** All that people read: README and its neighbours, and the folder {@code docs}. */
  static List<Path> all() {
    try (Stream<Path> docs = Files.list(CHECKOUT.resolve("docs"))) {
      return Stream.concat(
              Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md").map(CHECKOUT::resolve),
              docs.filter(file -> file.toString().endsWith(".md")).sorted())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path document) {
    try {
      return Files.readString(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows of all tables below a heading, up to the next heading of the same rank or higher. */
  static List<List<String>> tables(Path document, String heading) {
    List<String> lines = text(document).lines().toList();
    int start = lines.indexOf(heading);
    if (start < 0) {
      throw new AssertionError(document + " has no heading " + heading);
    }
    String marks = heading.substring(0, heading.indexOf(' '));
    List<List<String>> rows = new ArrayList<>();
    for (String line : lines.subList(start + 1, lines.size())) {
      if (line.matches("#{1," + marks.length() + "} .*")) {
        break;
      }
      if (line.startsWith("| ") || line.startsWith("|-")) {
        rows.add(
            Arrays.stream(line.substring(1).split("(?<!\\\\)\\|", -1))
                .map(cell -> cell.strip().replace("\\|", "|"))
                .toList());
      }
    }
    // The row above each line of dashes is the head of a table.
    for (int i = rows.size() - 1; i > 0; i--) {
      if (rows.get(i).get(0).startsWith("--")) {
        rows.subList(i - 1, i + 1).clear();
      }
    }
    return rows;
  }

  /** What stands in backticks. */
  static List<String> code(String text) {
    return CODE.matcher(text).results().map(match -> match.group(1)).toList();
  }

  static String firstWord(String text) {
    return text.replaceFirst(" .*", "");
  }

  static Set<String> codeOfColumn(Path document, String heading, int column) {
    return tables(document, heading).stream()
        .flatMap(row -> code(row.get(column)).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The command lines of the program in blocks of shell code, comments included. */
  static List<String> commandsInBlocks(Path document) {
    List<String> commands = new ArrayList<>();
    blocks(document, "sh", line -> commands.add(line));
    return commands.stream().filter(line -> line.startsWith("./run.sh ")).toList();
  }

  /** The command lines of the program within sentences and tables. */
  static List<String> commandsInText(Path document) {
    return CODE.matcher(text(document).replaceAll("(?ms)^```.*?^```$", ""))
        .results()
        .map(match -> match.group(1).replace("\\|", "|").replaceAll("\\s+", " "))
        .filter(code -> code.startsWith("./run.sh ") && !code.contains("COMMAND"))
        .toList();
  }

  private static void blocks(Path document, String language, Consumer<String> lines) {
    boolean inside = false;
    for (String line : text(document).lines().toList()) {
      if (line.startsWith("```")) {
        inside = line.equals("```" + language);
      } else if (inside) {
        lines.accept(line);
      }
    }
  }

  /** The arguments that a shell would give the program. */
  static String[] arguments(String command) {
    return WORD.matcher(command.replaceFirst("\\s+# .*$", ""))
        .results()
        .skip(1)
        .map(word -> word.group().replaceAll("[\"']", ""))
        .toArray(String[]::new);
  }

  /** Targets of links to other places in the checkout. */
  static List<String> links(Path document) {
    return LINK.matcher(text(document))
        .results()
        .map(match -> match.group(1))
        .filter(target -> !target.contains("://"))
        .toList();
  }

  /** The names that GitHub gives the headings of a document. */
  static Set<String> anchors(Path document) {
    return text(document)
        .replaceAll("(?ms)^```.*?^```$", "")
        .lines()
        .map(HEADING::matcher)
        .flatMap(matcher -> matcher.results())
        .map(Documents::anchor)
        .collect(Collectors.toSet());
  }

  private static String anchor(MatchResult heading) {
    return heading
        .group(1)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }
}
