package io.github.smartleadbulk.template;

import io.github.smartleadbulk.account.Cells;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;

/** Finds what would look wrong in a signature or make mail programs suspicious. */
public final class SignatureLint {

  private static final int LARGEST = 10_240;

  /** Nobody reads more, and a mistake that occurs a thousand times need not be listed each time. */
  private static final int MOST_WARNINGS = 20;

  private static final int MOST_ERRORS = 1_000;

  private static final Set<String> LINKS =
      Set.of("href", "src", "action", "formaction", "xlink:href", "data", "background");

  private static final Set<String> IMAGES = Set.of("src", "srcset", "background", "poster");

  private static final Pattern HANDLER = Pattern.compile("on[a-z]{3,}");

  /** Also finds the later addresses in a {@code srcset}. */
  private static final Pattern HTTP = Pattern.compile("(?:^|,)http:");

  private static final Pattern HTTP_IN_CSS = Pattern.compile("(?i)url\\(\\s*[\"']?\\s*http:");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(?:[^{}]{0,100}}})?");

  private static final Pattern TAG = Pattern.compile("<[a-zA-Z][^<>]{0,2000}>");

  /** Quotes after the equals sign. Doubled quotes count unless they stand for an empty value. */
  private static final Pattern BROKEN_QUOTES =
      Pattern.compile(
          "(?<=[\\s\"'“”])[a-zA-Z][a-zA-Z0-9:-]{0,40}\\s*=\\s*(?:[“”„‟‘’‚‛«»″′]|\\\\+[\"']|\"\"(?=[^\\s>/])|''(?=[^\\s>/])|&quot;|&#34;)");

  private static final Pattern ESCAPED_TAG = Pattern.compile("&lt;/?[a-zA-Z][^<>]{0,2000}?&gt;");

  private static final String LEFT = "no unfilled placeholder";

  /** Matches a whole word, but not in addresses or in the legal phrase. */
  private static final Pattern NO_VALUE =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}_@/.-])(null|NULL|undefined)(?![\\p{L}\\p{N}_@/-]|\\.[\\p{L}\\p{N}]|\\s+and\\s+void)");

  private final Set<String> warnings = new LinkedHashSet<>();

  private SignatureLint() {}

  /**
   * The warnings. Each says what was found and what is expected. Plain text causes none.
   *
   * @param html any text, however large or odd
   */
  public static List<String> check(String html) {
    SignatureLint lint = new SignatureLint();
    lint.read(html);
    return List.copyOf(lint.warnings);
  }

  private void read(String html) {
    int size = html.getBytes(StandardCharsets.UTF_8).length;
    if (size > LARGEST) {
      warn(size + " bytes", "at most " + LARGEST + " (10 kB)");
    }
    PLACEHOLDER.matcher(html).results().forEach(one -> warn(Cells.shown(one.group()), LEFT));
    Parser parser = Parser.htmlParser().setTrackErrors(MOST_ERRORS);
    Document document = parser.parseInput(html, "");
    new TagFaults(html, this::add).find(parser.getErrors());
    document.forEachNode(this::read);
    readQuotes(html);
    if (ESCAPED_TAG.matcher(html).find() && document.body().childrenSize() == 0) {
      warn(
          "nothing but escaped tags such as " + Cells.shown(firstTag(html)),
          "tags: write < and > for &lt; and &gt;");
    }
  }

  private static String firstTag(String html) {
    Matcher tag = ESCAPED_TAG.matcher(html);
    return tag.find() ? tag.group() : "";
  }

  /** Finds the quotes around attributes that a word processor or a script has replaced. */
  private void readQuotes(String html) {
    Matcher tag = TAG.matcher(html);
    while (tag.find()) {
      Matcher quotes = BROKEN_QUOTES.matcher(tag.group());
      if (quotes.find()) {
        warn(
            Cells.shown(quotes.group()) + " in the tag " + Cells.shown(tag.group()),
            "straight single or double quotes around the value: the link or style does not work");
      }
    }
  }

  private void read(Node node) {
    if (node instanceof Element element) {
      if (element.nodeName().equals("script")) {
        warn("\"<script>\"", "none: mail programs remove it");
      }
      element.attributes().forEach(attribute -> read(element.nodeName(), attribute));
    } else if (node instanceof TextNode text) {
      readText(text.getWholeText());
    } else if (node instanceof DataNode data && HTTP_IN_CSS.matcher(data.getWholeData()).find()) {
      warn("url(http:) in a style sheet", "https");
    }
  }

  private void readText(String text) {
    // Style sheets and data may also end with such braces, so they count only here.
    if (text.contains("}}") && !text.contains("{{")) {
      warn("\"}}\"", LEFT);
    }
    Matcher noValue = NO_VALUE.matcher(text);
    if (noValue.find()) {
      warn("the word " + Cells.shown(noValue.group()), "a value, or nothing");
    }
  }

  private void read(String tag, Attribute attribute) {
    String name = attribute.getKey().toLowerCase(Locale.ROOT);
    String value = attribute.getValue();
    if (HANDLER.matcher(name).matches()) {
      warn(
          Cells.shown(name) + " at " + Cells.shown("<" + tag + ">"),
          "none: mail programs remove it");
    }
    if (LINKS.contains(name) && address(value).startsWith("javascript:")) {
      warn(name + "=" + Cells.shown(value), "https: or mailto:");
    }
    if (IMAGES.contains(name) && HTTP.matcher(address(value)).find()) {
      warn("an image over http " + Cells.shown(value), "https");
    }
    if (name.equals("style") && HTTP_IN_CSS.matcher(value).find()) {
      warn("url(http:) in a style", "https");
    }
  }

  /** The beginning of an address, without the characters that browsers ignore. */
  private static String address(String value) {
    StringBuilder address = new StringBuilder();
    value.chars().filter(c -> c > ' ').limit(2_000).forEach(c -> address.append((char) c));
    return address.toString().toLowerCase(Locale.ROOT);
  }

  private void warn(String found, String expected) {
    add("found " + found + ", expected " + expected);
  }

  private void add(String warning) {
    if (warnings.size() < MOST_WARNINGS) {
      warnings.add(warning);
    } else {
      warnings.add("and more");
    }
  }
}
