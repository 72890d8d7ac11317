package io.github.smartleadbulk.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SingleLineTest {

  private final SingleLine oneLine = new SingleLine(ApiKey.of("ab+cd/ef_12"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ab+cd/ef_12",
        "AB+CD/EF_12",
        "ab%2Bcd%2Fef_12",
        "ab%2bcd%2fef_12",
        "ab+cd\u200B/ef_12",
        "a\u00ADb%2Bcd%2Fef_12"
      })
  void theKeyIsStruckOutHoweverItIsHidden(String echoed) {
    assertThat(oneLine.of("no key " + echoed + ", sorry")).isEqualTo("no key ***, sorry");
  }

  @Test
  void foreignTextIsOneLineOfBoundedLength() {
    assertThat(oneLine.of(" a\r\n\tb\u0000 c\u202E ")).isEqualTo("a b c");
    assertThat(oneLine.of("x".repeat(1_000))).hasSize(301).endsWith("x…");
  }
}
