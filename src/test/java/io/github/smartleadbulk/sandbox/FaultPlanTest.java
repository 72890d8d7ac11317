package io.github.smartleadbulk.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultPlanTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "429:5%,500:2%,reset:1% | 429:5%,500:2%,reset:1%",
        "' HANG:0.5% , lost:99.5%' | hang:0.5%,lost:99.5%",
        "none | none",
        "cap:50 | cap:50",
        "500:2%,CAP:50,grow:3 | 500:2%,cap:50,grow:3",
        "500:0% | 500:0%",
        "500:2%,Clock:-26h,cap:50,for:40s | 500:2%,cap:50,clock:-26h,for:40s",
      })
  void readsSharesOfKinds(String text, String plan) {
    assertThat(FaultPlan.parse(text)).hasToString(plan);
  }

  @ParameterizedTest
  @EnumSource(Fault.Kind.class)
  void everyKindHasItsName(Fault.Kind kind) {
    String name = kind == Fault.Kind.STATUS ? "503" : Spelling.of(kind);
    assumeTrue(kind != Fault.Kind.BLOCKED, "a share of the accounts");
    assertThat(FaultPlan.parse(name + ":100%").pick(99.99))
        .isEqualTo(new Fault(kind, kind == Fault.Kind.STATUS ? 503 : 0));
  }

  @Test
  void theReferenceHasEveryKind() throws IOException {
    String reference = Files.readString(Path.of("docs", "reference.md"));
    String section = reference.substring(reference.indexOf("## Sandbox faults"));

    for (Fault.Kind kind : Fault.Kind.values()) {
      String name = kind == Fault.Kind.STATUS ? "300` to `599" : Spelling.of(kind);
      assertThat(section).contains("`" + name + "`");
    }
    for (ListFaults.Kind kind : ListFaults.Kind.values()) {
      assertThat(section).contains("`" + Spelling.of(kind) + ":");
    }
    for (ServerFaults.Kind kind : ServerFaults.Kind.values()) {
      assertThat(section).contains("`" + Spelling.of(kind) + ":");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "500",
        "500:5",
        "500:-1%",
        "200:5%",
        "600:5%",
        "status:5%",
        "boom:1%",
        "5%",
        "cap:0",
        "cap:50%",
        "clock:26",
        "for:-40s"
      })
  void whatIsNoFaultIsNamedWithWhatIsExpected(String text) {
    assertThatThrownBy(() -> FaultPlan.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "found \""
                + text
                + "\", expected faults such as 429:5%,500:2%,reset:1%; the kinds are 300 to 599,"
                + " reset, hang, notok, challenge, forbidden, limited, limited200, blocked, expired,"
                + " nopath, later, empty, text, html, cut, lost, other, slow; of the list cap:50, with"
                + " cap, hide, shrink, grow, repeat, endless, shape; of the server clock:+26h, with"
                + " clock, idle-close, rate-limit-reset, retry-after, for");
  }

  @Test
  void moreThanAllCallsCannotFail() {
    assertThatThrownBy(() -> FaultPlan.parse("500:60%,reset:40.5%"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("found faults for 100.5 % of the calls, expected at most 100 %");
  }

  @Test
  void sameSeedRollsTheSame() {
    assertThat(rolls(3)).isEqualTo(rolls(3)).isNotEqualTo(rolls(4));
  }

  @Test
  void sharesAreKept() {
    List<Fault> rolls = rolls(3);
    assertThat(rolls)
        .filteredOn(new Fault(Fault.Kind.STATUS, 429)::equals)
        .hasSizeBetween(400, 600);
    assertThat(rolls).filteredOn(new Fault(Fault.Kind.RESET, 0)::equals).hasSizeBetween(70, 130);
    assertThat(rolls).filteredOn(Objects::isNull).hasSizeBetween(9_200, 9_600);
  }

  private static List<Fault> rolls(long seed) {
    FaultDice dice = new FaultDice(FaultPlan.parse("429:5%,reset:1%"), seed);
    List<Fault> rolls = new ArrayList<>();
    IntStream.range(0, 10_000).forEach(i -> rolls.add(dice.roll(0)));
    return rolls;
  }
}
