package io.github.smartleadbulk.page;

import com.samskivert.mustache.Mustache;
import io.github.smartleadbulk.template.Escaping;
import java.util.List;
import java.util.Map;

/**
 * An HTML page that shows a signature as mail programs do. A browser can open it without a server.
 */
public final class PreviewPage {

  /** The engine escapes every value, so that nothing of an account becomes part of the page. */
  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="UTF-8">
      <meta name="viewport" content="width=device-width">
      <meta name="referrer" content="no-referrer">
      <title>{{title}}</title>
      <style>
      body { font-family: sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; }
      th { text-align: left; padding-right: 2rem; vertical-align: top; }
      td { overflow-wrap: anywhere; white-space: pre-wrap; }
      iframe { width: 100%; height: 20rem; border: 1px solid #999; background: #fff; resize: vertical; }
      </style>
      </head>
      <body>
      <h1>{{title}}</h1>
      <table>
      {{#facts}}
      <tr><th scope="row">{{key}}</th><td>{{value}}</td></tr>
      {{/facts}}
      </table>
      <h2>Signature</h2>
      <iframe title="Signature" sandbox="" srcdoc="{{signature}}"></iframe>
      <h2>Warnings</h2>
      {{^warnings}}
      <p>None.</p>
      {{/warnings}}
      {{#hasWarnings}}
      <ul>
      {{#warnings}}
      <li>{{.}}</li>
      {{/warnings}}
      </ul>
      {{/hasWarnings}}
      </body>
      </html>
      """;

  private PreviewPage() {}

  /**
   * The page as text; write it as UTF-8. The page loads nothing. The signature loads its own images
   * but runs no scripts, because its frame is sandboxed.
   *
   * @param factsByName facts about the account, in display order
   */
  public static String html(
      String title, Map<String, String> factsByName, String signatureHtml, List<String> warnings) {
    return Mustache.compiler()
        .withEscaper(Escaping.HTML.escaper())
        .compile(PAGE)
        .execute(
            Map.of(
                "title", title,
                "facts", factsByName.entrySet(),
                "signature", signatureHtml,
                "warnings", warnings,
                "hasWarnings", !warnings.isEmpty()));
  }
}
