package io.github.smartleadbulk.template;

import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;
import org.jsoup.safety.Cleaner;
import org.jsoup.safety.Safelist;

/**
 * A signature without what mail programs remove as well: scripts, forms, frames, links to files.
 */
public final class SafeHtml {

  private static final Safelist SAFE =
      Safelist.relaxed()
          .addTags("font", "center", "hr", "address", "big", "s", "tt", "del", "ins", "wbr")
          .addAttributes(
              ":all", "style", "class", "align", "valign", "bgcolor", "width", "height", "dir")
          .addAttributes("font", "color", "face", "size")
          .addAttributes("table", "border", "cellpadding", "cellspacing", "role")
          .addProtocols("a", "href", "tel")
          .addProtocols("img", "src", "cid", "data");

  private SafeHtml() {}

  /**
   * The HTML to show. Whoever shows it must still let it load nothing: style attributes and images
   * can name other servers.
   */
  public static String of(String html) {
    Document parsed = Parser.htmlParser().parseInput(html, "");
    Document clean = new Cleaner(SAFE).clean(parsed);
    clean.outputSettings(new Document.OutputSettings().prettyPrint(false));
    return clean.body().html();
  }
}
