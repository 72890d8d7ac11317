package io.github.smartleadbulk.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyTest {

  @Test
  void takesTheWhiteSpaceOffThatCopyingLeaves() {
    assertThat(ApiKey.of(" \tsecret-1\r\n").secret()).isEqualTo("secret-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "\n"})
  void refusesABlankKey(String text) {
    assertThatThrownBy(() -> ApiKey.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the API key is blank");
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret 1", "secret\n1", "secret\u00001", "secret\u200B1"})
  void refusesWhatIsNoSingleWordWithoutRepeatingIt(String text) {
    assertThatThrownBy(() -> ApiKey.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the API key holds white space or control characters, expected one word");
  }

  @Test
  void neverShowsItself() {
    assertThat(ApiKey.of("secret-1")).hasToString("***");
  }

  @Test
  void hashesTheSameEveryTimeAndNotAsTheBareKeyWould() {
    assertThat(ApiKey.of("secret-1").hash())
        .isEqualTo(ApiKey.of(" secret-1").hash())
        .isNotEqualTo(ApiKey.of("secret-2").hash())
        .matches("[0-9a-f]{64}")
        // sha256sum of the bare key
        .isNotEqualTo("f7e7c36e458e80e6b6a2c67d0a9ec09bd718dadd7bfa8d6bf6e7ad526e46c2f7");
  }
}
