package io.github.smartleadbulk.template;

import io.github.smartleadbulk.account.Cells;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.parser.ParseError;
import org.jsoup.parser.ParseSettings;
import org.jsoup.parser.Parser;
import org.jsoup.parser.Tag;
import org.jsoup.parser.TagSet;

/**
 * Finds tags that do not match. The HTML parser moves elements, so its errors also name tags that
 * match ({@code <p><div></div></p>}). The XML parser keeps tags as they are written, so it shows
 * which start tag has no end tag, but it does not report an end tag without a start tag. Therefore
 * both parse the text, and an end tag is wrong if neither finds a start tag for it.
 */
final class TagFaults {

  /** The elements whose end tag is optional in HTML. */
  private static final Set<String> ENDS_BY_ITSELF =
      Set.of(
          ("html head body p li dt dd option optgroup rb rt rtc rp"
                  + " caption colgroup thead tbody tfoot tr td th")
              .split(" "));

  /** Parser messages that matter here. */
  private static final Pattern WRONG_END = Pattern.compile("EndTag token \\[</([^\\s>]+)");

  private static final Pattern WRONG_SLASH =
      Pattern.compile("Tag \\[([^\\s:]+)] cannot be self-closing");

  private static final String NO_END = "Unexpectedly reached end of file";

  private final String html;
  private final Consumer<String> warnings;

  /** The end positions of end tags that have a start tag. */
  private final Set<Integer> ends = new HashSet<>();

  private final Set<String> unclosed = new HashSet<>();

  /**
   * @param warnings gets the messages, each with what was found and what is expected
   */
  TagFaults(String html, Consumer<String> warnings) {
    this.html = html;
    this.warnings = warnings;
  }

  /**
   * @param errors the errors of the HTML parser
   */
  void find(List<ParseError> errors) {
    Document asWritten =
        Parser.xmlParser()
            .tagSet(new TagSet().onNewTag(TagFaults::makeHtml))
            .settings(ParseSettings.htmlDefault)
            .setTrackPosition(true)
            .parseInput(html, "");
    asWritten.forEachNode(this::readAsWritten);
    errors.forEach(this::read);
  }

  private void readAsWritten(Node node) {
    if (!(node instanceof Element element) || node instanceof Document) {
      return;
    }
    if (hasEndTag(element)) {
      ends.add(element.endSourceRange().endPos());
    } else if (needsEndTag(element)) {
      unclosed.add(element.nodeName());
      warn(line(element), shown("<", element.nodeName(), ">"), expectedEnd(element));
    }
  }

  /**
   * Lets HTML decide which tags are empty or hold raw text, because to XML a tag is only a name.
   */
  private static void makeHtml(Tag tag) {
    Tag html = Tag.valueOf(tag.normalName());
    for (int option : new int[] {Tag.Void, Tag.Data, Tag.RcData}) {
      if (html.is(option)) {
        tag.set(option);
      }
    }
  }

  private static boolean hasEndTag(Element element) {
    return element.endSourceRange().isTracked() && !element.endSourceRange().isImplicit();
  }

  private static boolean needsEndTag(Element element) {
    // A tag that closes itself ends where it starts.
    return element.sourceRange().isTracked()
        && element.endSourceRange().startPos() > element.sourceRange().startPos()
        && !element.tag().isEmpty()
        && !ENDS_BY_ITSELF.contains(element.nodeName());
  }

  private static String expectedEnd(Element element) {
    String end = shown("</", element.nodeName(), ">");
    Element parent = element.parent();
    return parent != null && hasEndTag(parent)
        ? end + " before " + shown("</", parent.nodeName(), ">")
        : end + " after it";
  }

  private void read(ParseError error) {
    String message = error.getErrorMessage();
    Matcher end = WRONG_END.matcher(message);
    Matcher slash = WRONG_SLASH.matcher(message);
    if (end.find()) {
      String name = end.group(1);
      // These create an empty paragraph or nothing.
      boolean harmless = name.equals("p") || Tag.valueOf(name).is(Tag.Void);
      if (!ends.contains(error.getPosition()) && !unclosed.contains(name) && !harmless) {
        warn(line(error), shown("</", name, ">"), shown("<", name, ">") + " before it");
      }
    } else if (slash.find()) {
      String name = slash.group(1);
      warn(line(error), shown("<", name, "/>"), shown("</", name, ">") + " as well");
    } else if (message.startsWith(NO_END)) {
      warnings.accept("found a tag or comment without an end, expected > or -->");
    }
  }

  private void warn(String line, String found, String expected) {
    warnings.accept("line " + line + ": found " + found + ", expected " + expected);
  }

  /** Shows a tag. Its name can be long and odd, as the user wrote it. */
  private static String shown(String start, String name, String end) {
    return Cells.shown(start + name + end);
  }

  private static String line(Element element) {
    return Integer.toString(element.sourceRange().start().lineNumber());
  }

  private static String line(ParseError error) {
    String lineAndColumn = error.getCursorPos();
    return lineAndColumn.substring(0, lineAndColumn.indexOf(':'));
  }
}
