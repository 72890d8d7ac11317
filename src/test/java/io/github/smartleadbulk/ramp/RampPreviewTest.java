package io.github.smartleadbulk.ramp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RampPreviewTest {

  private static final LocalDate FIRST = LocalDate.parse("2026-11-28");

  private static final Steps TEN = new Steps(10, 5, 1, 200);

  private static RampRow row(long id, String address, String from, Steps steps) {
    return new RampRow(
        id,
        id + 1,
        id,
        address.isEmpty() ? null : address,
        null,
        new Ramp(LocalDate.parse(from), null, Weekdays.ALL, Pauses.NONE, steps));
  }

  private static RampPreview preview(int days, RampRow... rows) {
    return new RampPreview(new RampPlan(Arrays.asList(rows)), FIRST, days);
  }

  @Test
  void lineForEachAccount() {
    RampPreview preview =
        preview(
            5,
            row(1, "anna@example.com", "2026-11-28", new Steps(5, 5, 1, 20)),
            row(12345, "", "2026-11-30", new Steps(98, 1, 1, 100)));

    assertThat(preview.text(80))
        .containsExactly(
            "                  Nov 28  Nov 29  Nov 30   Dec 1   Dec 2",
            "anna@example.com       5      10      15      20      20",
            "12345                                 98      99     100",
            "total                  5      10     113     119     120");
    assertThat(preview.totals())
        .containsExactly(
            OptionalLong.of(5),
            OptionalLong.of(10),
            OptionalLong.of(113),
            OptionalLong.of(119),
            OptionalLong.of(120));
    assertThat(preview.dates()).hasSize(5).startsWith(FIRST).endsWith(FIRST.plusDays(4));
    assertThat(preview.lines())
        .element(1)
        .isEqualTo(
            new RampPreview.Line(
                "12345",
                List.of(
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    OptionalLong.of(98),
                    OptionalLong.of(99),
                    OptionalLong.of(100))));
  }

  @Test
  void datesThatDoNotFitComeBelow() {
    RampPreview preview =
        preview(
            5,
            row(1, "", "2026-11-28", new Steps(5, 5, 1, 20)),
            row(2, "", "2027-01-01", new Steps(5, 5, 1, 20)));

    assertThat(preview.text(21))
        .containsExactly(
            "       Nov 28  Nov 29",
            "1           5      10",
            "2",
            "total       5      10",
            "",
            "       Nov 30   Dec 1",
            "1          15      20",
            "2",
            "total      15      20",
            "",
            "        Dec 2",
            "1          20",
            "2",
            "total      20");
    assertThat(preview.text(0)).hasSize(5 * 5 - 1);
    assertThat(preview.text(Integer.MAX_VALUE)).hasSize(4);
  }

  @Test
  void accountsThatAreAllTheSameAreOneLine() {
    RampRow[] rows =
        IntStream.rangeClosed(1, 412)
            .mapToObj(id -> row(id, "", "2026-11-28", new Steps(5, 5, 1, 20)))
            .toArray(RampRow[]::new);

    assertThat(preview(2, rows).text(80))
        .containsExactly(
            "              Nov 28  Nov 29", //
            "412 accounts       5      10",
            "total           2060    4120");
    assertThat(preview(1, rows[0]).text(80)).containsExactly("   Nov 28", "1       5");
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 40, 60, 80, 120, 200})
  void noLineIsWiderThanTheTerminal(int width) {
    RampPreview preview =
        preview(
            30,
            row(1, "anna.with.a.long.name@outreach.of.a.long.example.com", "2026-11-28", TEN),
            row(2, "anna.with.a.long.name@outreach.of.a.long.example.org", "2026-11-28", TEN),
            row(3, "", "2026-12-03", TEN));

    assertThat(preview.text(width)).allMatch(line -> line.length() <= width);
    assertThat(preview.text(width).filter(line -> line.startsWith("anna.")))
        .allMatch(line -> line.contains("…") || line.contains("@outreach"))
        .doesNotHaveDuplicates();
    assertThat(preview.text(width).filter(line -> line.startsWith("total")))
        .hasSizeGreaterThan(width < 200 ? 1 : 0);
    assertThat(preview.text(500)).hasSize(5).noneMatch(line -> line.contains("…"));
  }

  @Test
  void widthOfLargeTotals() {
    RampRow[] rows =
        IntStream.rangeClosed(1, 2)
            .mapToObj(id -> row(id, "", "2026-11-28", new Steps(9_000_000L + id, 1, 1, 9_000_002)))
            .toArray(RampRow[]::new);

    assertThat(preview(1, rows).text(80))
        .containsExactly(
            "         Nov 28", //
            "1       9000001",
            "2       9000002",
            "total  18000003");
  }

  @Test
  void widthOfLargeLimits() {
    assertThat(preview(2, row(1, "", "2026-11-28", new Steps(1_234_567, 1, 1, 2_000_000))).text(80))
        .containsExactly(
            "    Nov 28   Nov 29", //
            "1  1234567  1234568");
  }

  @Test
  void planWithoutRows() {
    assertThat(preview(2).text(80)).containsExactly("  Nov 28  Nov 29");
  }
}
