package io.github.smartleadbulk.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SignatureLintTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Best,\nAnn",
        "1 < 2 & 3 > 2, I <3 you, a << b, R&D &amp; more &nbsp; &unknown;",
        "No nullable, annulled, NULLs, dev/null, null@x.example, null.example, @null, null-ish",
        "This mail is null and void unless signed. Nullam undefinedly Null",
        "{ a } {b} is no placeholder in { braces }",
        "<p>Best<br>Ann<br/>x<br />y<hr><img src=cid:logo alt='a > b'></p>",
        "<p>one<p>two<ul><li>a<li>b</ul><dl><dt>a<dd>b</dl>",
        "<table><tr><td>a<td>b<tr><td>c</table>",
        "<table><thead><tr><th>a<tbody><tr><td>b<tfoot><tr><td>c</table>",
        "<p><div>x</div></p><p><table><tr><td>x</td></tr></table></p>",
        "<p><ul><li>x</li></ul></p>",
        "<span><p>x</p></span><font><center>x</center></font><a href='#'><div>x</div></a>",
        "<tr><td>x</td></tr>",
        "<table><div>x</div><tr><td>y</td></tr></table>",
        "<B>x</b><IMG SRC='https://x.example/a.png'></IMG></br></p>",
        "<!--[if mso]><table><tr><td><![endif]-->x<!--[if mso]></td></tr></table><![endif]-->",
        "<!--[if !mso]><!--><b>x</b><!--<![endif]-->",
        "<![if !mso]><b>x</b><![endif]>",
        "<?xml:namespace prefix = o ns = \"urn:schemas-microsoft-com:office:office\" /><o:p></o:p>",
        "<o:p/><v:rect style='width:1px'/><o:p>&nbsp;</o:p>",
        "<style>@media (max-width:1px){.a{color:red}} a > b{}</style><b>x</b>",
        "<!DOCTYPE html><html><head><meta charset=utf-8><title>a</title></head><body>x</body></html>",
        "<body><p>x</body>",
        "<a href=\"mailto:a@x.example?subject=a>b\">x</a><a href='http://x.example'>link over http</a>",
        "<a href='https://x.example/null' title='javascript: a book'>x</a>",
        "<div data-on='1' data-x='{\"a\":{\"b\":1}}' one=1 on=1>x</div>",
        "<div style=\"background:url('https://x.example/a.png')\">x</div>",
        "<img src='https://x.example/a.png' srcset='https://x.example/b.png 2x, c.png 3x'>",
        "<img src='//x.example/a.png'><img src='data:image/png;base64,AAAA'>",
        "<svg viewBox='0 0 1 1'><path d='M0 0'/><circle r=1 /></svg>",
        "<map name=m><area href=x></map><wbr><input type=hidden><col>"
      })
  void findsNothingWrong(String signature) {
    assertThat(SignatureLint.check(signature)).isEmpty();
  }

  /** As Outlook, Gmail and signature makers write them. */
  @Test
  void findsNothingWrongWithRealSignatures() {
    assertThat(
            SignatureLint.check(
                """
                <div dir="ltr" class="gmail_signature" data-smartmail="gmail_signature">
                <table cellpadding="0" cellspacing="0" border=0 style="font-family:Arial,'Helvetica Neue'">
                 <tbody>
                  <tr>
                   <td rowspan=3 valign="top"><img src="https://x.example/logo.png?a=1&b=2" width="96"
                     alt="Müller &amp; Söhne" style="display:block"></td>
                   <td nowrap><strong>Ann O&rsquo;Neil</strong><br>
                     <em>Head of R&amp;D</em>&nbsp;|&nbsp;<a href="tel:+4930123456" target=_blank>030&ndash;123456</a></td>
                  </tr>
                  <tr><td><table><tr><td><a href="https://x.example"><img src="https://x.example/in.png"></a></td></tr></table></td></tr>
                  <tr><td><p class=MsoNormal><span style='mso-fareast-language:DE'>x<o:p></o:p></span></p></td></tr>
                 </tbody>
                </table>
                <!--[if mso]><v:roundrect href="http://x.example" arcsize="8%"><w:anchorlock/><center>x</center></v:roundrect><![endif]-->
                </div>
                """))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "<b>x~line 1: found \"<b>\", expected \"</b>\" after it",
        "<div><b>x</div>~line 1: found \"<b>\", expected \"</b>\" before \"</div>\"",
        "<b><i>x</b></i>~line 1: found \"<i>\", expected \"</i>\" before \"</b>\"",
        "<table><tr><td><b>x</td></tr></table>~line 1: found \"<b>\", expected \"</b>\" before \"</td>\"",
        "<table><tr><td>x~line 1: found \"<table>\", expected \"</table>\" after it",
        "<a href=x>1<a href=y>2</a>~line 1: found \"<a>\", expected \"</a>\" after it",
        "<style>a{}~line 1: found \"<style>\", expected \"</style>\" after it",
        "x</b>~line 1: found \"</b>\", expected \"<b>\" before it",
        "<p>x</p></div><p>y</p>~line 1: found \"</div>\", expected \"<div>\" before it",
        "<table><tr><td>x</td></td></tr></table>~line 1: found \"</td>\", expected \"<td>\" before it",
        "<div/>x</div>~line 1: found \"<div/>\", expected \"</div>\" as well",
        "Ann <ann@x.example>~line 1: found \"<ann@x.example>\", expected \"</ann@x.example>\" after it",
        "<b>x</b><div~found a tag or comment without an end, expected > or -->",
        "<a href=\"x>y</a>~found a tag or comment without an end, expected > or -->",
        "x <!-- y~found a tag or comment without an end, expected > or -->",
        "<script>a<b</script>~found \"<script>\", expected none: mail programs remove it",
        "<a href=x onClick=y>x</a>~found \"onclick\" at \"<a>\", expected none: mail programs remove it",
        "<img src=x onerror='a()'>~found \"onerror\" at \"<img>\", expected none: mail programs remove it",
        "<a href=' java\tscript:a()'>x</a>~found href=\" java\\tscript:a()\", expected https: or mailto:",
        "<a href='&#106;avascript:a()'>x</a>~found href=\"javascript:a()\", expected https: or mailto:",
        "<img src=http://x/a.png>~found an image over http \"http://x/a.png\", expected https",
        "<IMG SRC='HTTP://x/a.png'>~found an image over http \"HTTP://x/a.png\", expected https",
        "<img srcset='a 1x, http://x/b 2x'>~found an image over http \"a 1x, http://x/b 2x\", expected https",
        "<table background='http://x/a'></table>~found an image over http \"http://x/a\", expected https",
        "<p style=\"background:URL( 'http://x/a')\">x~found url(http:) in a style, expected https",
        "<style>a{background:url(http://x)}</style>~found url(http:) in a style sheet, expected https",
        "<a href=”https://x.example”>x</a>~found \"href=”\" in the tag \"<a href=”https://x.example”>\", expected straight single or double quotes around the value: the link or style does not work",
        "<a href=\"\"https://x.example\"\">x</a>~found \"href=\"\"\" in the tag \"<a href=\"\"https://x.example\"\">\", expected straight single or double quotes around the value: the link or style does not work",
        "<p style=\\'color:red\\'>x</p>~found \"style=\\'\" in the tag \"<p style=\\'color:red\\'>\", expected straight single or double quotes around the value: the link or style does not work",
        "<a href=&quot;https://x.example&quot;>x</a>~found \"href=&quot;\" in the tag \"<a href=&quot;https://x.example&quot;>\", expected straight single or double quotes around the value: the link or style does not work",
        "&lt;p&gt;Hi&lt;/p&gt;~found nothing but escaped tags such as \"&lt;p&gt;\", expected tags: write < and > for &lt; and &gt;",
        "Hi {{first_name}}~found \"{{first_name}}\", expected no unfilled placeholder",
        "<a href='{{link}}'>x</a>~found \"{{link}}\", expected no unfilled placeholder",
        "<!--[if mso]>{{x}}<![endif]-->~found \"{{x}}\", expected no unfilled placeholder",
        "Hi {{~found \"{{\", expected no unfilled placeholder",
        "Hi name}}~found \"}}\", expected no unfilled placeholder",
        "Best, null~found the word \"null\", expected a value, or nothing",
        "<b>undefined</b>~found the word \"undefined\", expected a value, or nothing",
        "<p>Tel. NULL.</p>~found the word \"NULL\", expected a value, or nothing",
        "<b>x</b><br>(null)~found the word \"null\", expected a value, or nothing"
      })
  void warns(String signature, String warning) {
    assertThat(SignatureLint.check(signature)).containsExactly(warning);
  }

  @Test
  void saysTheLine() {
    assertThat(SignatureLint.check("<p>\r\n<i>x</i>\r\n<b>y\r\n</i>\n"))
        .containsExactly(
            "line 3: found \"<b>\", expected \"</b>\" after it",
            "line 4: found \"</i>\", expected \"<i>\" before it");
  }

  @Test
  void countsBytesNotCharacters() {
    assertThat(SignatureLint.check("ä".repeat(5_120))).isEmpty();
    assertThat(SignatureLint.check("ä".repeat(5_120) + "x"))
        .containsExactly("found 10241 bytes, expected at most 10240 (10 kB)");
  }

  @Test
  void saysTheSameOnceAndNotEverything() {
    assertThat(SignatureLint.check("<img src=x onerror=y>".repeat(100))).hasSize(1);

    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      many.append("{{x").append(i).append("}}");
    }
    List<String> warnings = SignatureLint.check(many.toString());
    assertThat(warnings).hasSize(21).endsWith("and more");
  }

  @Test
  void showsStrangeNamesOnOneShortLine() {
    String strange = "x\u001B[31m" + "y".repeat(10_000);
    String signature =
        "<" + strange + "></" + strange + "z><a on" + "y".repeat(10_000) + "=1></a>{{\u001B\n}}";

    assertThat(SignatureLint.check(signature))
        .hasSize(5)
        .allSatisfy(warning -> assertThat(warning).hasSizeLessThan(250).matches("\\P{Cntrl}*"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<",
        ">",
        "<b>",
        "</b>",
        "<div>",
        "<a href=x>",
        "<table>",
        "<table><tr><td>",
        "<p><b>",
        "<!--",
        "<![CDATA[",
        "<?",
        "<!",
        "</",
        "<a b",
        "<a b=\"",
        "&",
        "&#",
        "&#x",
        "{{",
        "}}",
        "<script>",
        "<style>",
        "<svg><title>",
        "<b></i>",
        "<a><b><i></a>",
        "<select><option>",
        "<template>",
        "<frameset>",
        "<noscript>",
        "<math><mi>",
        "<title>",
        "<div/>",
        "\u0000",
        "\uD83D",
        "null ",
        "<x\u0000y ",
        "<a\n",
        " xmlns:a=b",
        "<x:y:z xmlns='q'>",
        "<nobr>",
        "<form>",
        "url(http:",
        "<img srcset='http:,",
        "<plaintext>",
        "<button>",
        "<textarea>",
        "<!DOCTYPE ["
      })
  void bearsWithAnything(String piece) {
    SignatureLint.check(piece.repeat(100_000 / piece.length()));
    SignatureLint.check("<a " + piece.repeat(100_000 / piece.length()) + ">x");
  }

  @Test
  void bearsWithSoup() {
    String[] pieces = {
      "<",
      ">",
      "/",
      "!",
      "--",
      "<b",
      "</b>",
      "<table>",
      "</td>",
      "=",
      "\"",
      "'",
      "x",
      " ",
      "\n",
      "<?xml",
      "<![",
      "]]>",
      "<!DOCTYPE",
      "&#0;",
      "&amp",
      "<style>",
      "</style>",
      "<svg>",
      "xmlns:o=",
      "<o:p>",
      "\u0000",
      "\uD800",
      "{{",
      "}}",
      "<template>",
      "</template>",
      "<select>",
      "?",
      "[",
      "<p",
      "</p"
    };
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder soup = new StringBuilder();
      for (int j = random.nextInt(40); j >= 0; j--) {
        soup.append(pieces[random.nextInt(pieces.length)]);
      }
      SignatureLint.check(soup.toString());
    }
  }
}
