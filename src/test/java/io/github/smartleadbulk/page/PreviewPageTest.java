package io.github.smartleadbulk.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.template.TextLint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

final class PreviewPageTest {

  private static final String HOSTILE =
      "\"></iframe></title></td></li><script>alert('1')</script>&amp;&lt;%s$1{{x}}";

  @Test
  void showsSignatureFactsAndWarnings() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Account", "7");
    facts.put("Address", "ann@x.example");
    Document page =
        Jsoup.parse(
            PreviewPage.html("Account 7", facts, "<p>Best,<br>Ann</p>", List.of("one", "two")));

    assertThat(page.title()).isEqualTo("Account 7");
    assertThat(page.select("th").eachText()).containsExactly("Account", "Address");
    assertThat(page.select("td").eachText()).containsExactly("7", "ann@x.example");
    assertThat(page.select("li").eachText()).containsExactly("one", "two");
    assertThat(page.selectFirst("iframe").attr("srcdoc")).isEqualTo("<p>Best,<br>Ann</p>");
    assertThat(page.charset().name()).isEqualTo("UTF-8");
  }

  @Test
  void letsNothingOut() {
    Document page =
        Jsoup.parse(PreviewPage.html(HOSTILE, Map.of(HOSTILE, HOSTILE), HOSTILE, List.of(HOSTILE)));

    Element frame = page.selectFirst("iframe");
    assertThat(frame.hasAttr("sandbox")).isTrue();
    assertThat(frame.attr("sandbox")).isEmpty();
    assertThat(frame.attr("srcdoc")).isEqualTo(HOSTILE);
    assertThat(page.select("script, img, link, [src], [href]")).isEmpty();
    assertThat(page.title()).isEqualTo(HOSTILE);
    assertThat(page.select("h1, th, td, li").eachText()).containsOnly(HOSTILE).hasSize(4);
  }

  @Test
  void isItselfInOrder() {
    assertThat(
            TextLint.check(
                AccountField.SIGNATURE,
                PreviewPage.html("t", Map.of("a", "b"), "<p>x", List.of("w"))))
        .isEmpty();
    assertThat(PreviewPage.html("t", Map.of(), "", List.of())).contains("<p>None.</p>");
  }
}
