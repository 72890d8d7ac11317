package io.github.smartleadbulk.template;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An HTML page that shows a signature as mail programs do. A browser can open it without a server.
 */
public final class PreviewPage {

  private PreviewPage() {}

  /**
   * The page as text; write it as UTF-8. The page loads nothing. The signature loads its own images
   * but runs no scripts, because its frame is sandboxed.
   *
   * @param factsByName facts about the account, in display order
   */
  public static String html(
      String title, Map<String, String> factsByName, String signatureHtml, List<String> warnings) {
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="UTF-8">
        <meta name="viewport" content="width=device-width">
        <meta name="referrer" content="no-referrer">
        <title>%1$s</title>
        <style>
        body { font-family: sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; }
        th { text-align: left; padding-right: 2rem; vertical-align: top; }
        td { overflow-wrap: anywhere; white-space: pre-wrap; }
        iframe { width: 100%%; height: 20rem; border: 1px solid #999; background: #fff; resize: vertical; }
        </style>
        </head>
        <body>
        <h1>%1$s</h1>
        <table>
        %2$s</table>
        <h2>Signature</h2>
        <iframe title="Signature" sandbox="" srcdoc="%3$s"></iframe>
        <h2>Warnings</h2>
        %4$s
        </body>
        </html>
        """
        .formatted(escaped(title), rows(factsByName), escaped(signatureHtml), list(warnings));
  }

  private static String rows(Map<String, String> factsByName) {
    return factsByName.entrySet().stream()
        .map(
            fact ->
                "<tr><th scope=\"row\">%s</th><td>%s</td></tr>\n"
                    .formatted(escaped(fact.getKey()), escaped(fact.getValue())))
        .collect(Collectors.joining());
  }

  private static String list(List<String> warnings) {
    return warnings.isEmpty()
        ? "<p>None.</p>"
        : warnings.stream()
            .map(warning -> "<li>" + escaped(warning) + "</li>\n")
            .collect(Collectors.joining("", "<ul>\n", "</ul>"));
  }

  private static String escaped(String text) {
    return Escaping.HTML.escape(text);
  }
}
