package io.github.smartleadbulk.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

class ChartTest {

  private static Chart chart(String place) {
    return new Chart(
        "Calls",
        "Day",
        List.of(place, "Tue"),
        "calls",
        List.of(
            new Chart.Series("sent", Chart.Form.STACK, List.of(27_000L, 0L)),
            new Chart.Series("allowed", Chart.Form.LINE, List.of(30_000L, 30_000L))));
  }

  private static Element svg(String place) {
    return Jsoup.parseBodyFragment(String.valueOf(chart(place).svg())).selectFirst("svg");
  }

  @Test
  void aPlaceTellsItsFigures() {
    assertThat(svg("Mon").select(".spot title").eachText())
        .containsExactly(
            "Mon: sent 27\u202f000, allowed 30\u202f000", "Tue: sent 0, allowed 30\u202f000");
    assertThat(chart("Mon").rows().get(0).values()).containsExactly("27\u202f000", "30\u202f000");
  }

  @Test
  void itHasTheColoursOfItsPage() {
    assertThat(svg("Mon").outerHtml())
        .contains("var(--chart-2)", "var(--chart-3)")
        .doesNotContain("rgb(1,1,")
        .doesNotContain("<?xml");
  }

  @Test
  void aNameIsText() {
    assertThat(svg("</svg><script>x</script>").select("script")).isEmpty();
  }

  /** Several charts are on one page. */
  @Test
  void idsOfChartsDiffer() {
    List<String> ids = svg("Mon").select("[id]").eachAttr("id");

    assertThat(ids)
        .isNotEmpty()
        .doesNotContainAnyElementsOf(svg("Wed").select("[id]").eachAttr("id"));
  }
}
