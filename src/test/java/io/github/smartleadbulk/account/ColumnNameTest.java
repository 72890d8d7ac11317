package io.github.smartleadbulk.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ColumnNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "first_name",
        "First Name",
        " FIRST-NAME\t",
        "first\u00A0name",
        "\uFEFFfirst\nname\u200B"
      })
  void readWithoutWhatDoesNotCount(String name) {
    assertThat(ColumnName.normalized(name)).isEqualTo("first_name");
  }
}
