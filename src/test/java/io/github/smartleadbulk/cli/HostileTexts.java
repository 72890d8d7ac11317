package io.github.smartleadbulk.cli;

import java.util.List;

/**
 * Texts that try to run a script or to reach a server from a page that shows them: the ways in that
 * OWASP's cheat sheet on cross-site scripting lists, and links that leak by themselves.
 */
final class HostileTexts {

  /** What a script that runs writes to the console. */
  static final String RAN = "payload-ran";

  private static final String SCRIPT = "console.error('" + RAN + "')";

  static final List<String> ALL =
      List.of(
          "<script>" + SCRIPT + "</script>",
          "x".repeat(500),
          "</script><script>" + SCRIPT + "</script>",
          "</title></style></textarea></noscript><script>" + SCRIPT + "</script>",
          "\"><script>" + SCRIPT + "</script>",
          "' onmouseover=" + SCRIPT + " x='",
          "\" autofocus onfocus=\"" + SCRIPT,
          "<img src=x onerror=\"" + SCRIPT + "\">",
          "<img src=\"http://example.com/pixel.gif\">",
          "<svg onload=\"" + SCRIPT + "\"><script>" + SCRIPT + "</script></svg>",
          "<svg><image href=http://example.com/i.svg></image></svg>",
          "<math><mi xlink:href=\"javascript:" + SCRIPT + "\">x</mi></math>",
          "<a href=\"javascript:" + SCRIPT + "\">x</a>",
          "<iframe srcdoc=\"<script>" + SCRIPT + "</script>\"></iframe>",
          "<iframe src=\"http://example.com/frame\"></iframe>",
          "<object data=\"http://example.com/o\"></object><embed src=\"http://example.com/e\">",
          "<link rel=stylesheet href=http://example.com/c.css><link rel=preconnect href=http://example.com>",
          "<meta http-equiv=refresh content=\"0;url=http://example.com/r\">",
          "<base href=http://example.com/><img src=relative.gif>",
          "<form action=http://example.com/f><input autofocus onfocus=\"" + SCRIPT + "\"></form>",
          "<video src=http://example.com/v poster=http://example.com/p onerror=\""
              + SCRIPT
              + "\"></video>",
          "<div style=\"background:url(http://example.com/b.gif)\">x</div>",
          "<style>@import 'http://example.com/i.css'; body{background:url(http://example.com/s)}</style>",
          "<table background=http://example.com/t><tr><td background=http://example.com/d>x</table>",
          "<body onload=\"" + SCRIPT + "\">",
          "<details open ontoggle=\"" + SCRIPT + "\"><summary>x</summary></details>",
          "{{{script}}}{{#lines}}<script>" + SCRIPT + "</script>{{/lines}}",
          "<!--><script>" + SCRIPT + "</script>-->",
          "<noscript><p title=\"</noscript><script>" + SCRIPT + "</script>\"></noscript>");

  private HostileTexts() {}
}
