package io.github.smartleadbulk.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLineTest {

  private static final Path FILE = Path.of("config.properties");

  @Test
  void theLineIsTheOneWhereTheValueBegins() throws IOException {
    assertThat(ConfigLine.read(FILE, "# rate = 1/s\n\nrate = \\\n  2/s\r\nreserve: 30\nrate 3/s"))
        .isEqualTo(
            Map.of(
                "rate", new ConfigLine(FILE, 6, "3/s"),
                "reserve", new ConfigLine(FILE, 5, "30")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a = b\\\\",
        "a = b\\\\\\\n c",
        "a = b\\\n# no comment",
        "# a \\\nb = c",
        "! a \\\nb = c",
        "  \\\n",
        "a\\ b = c\\u0020d",
        "a = b\\",
        "a=1\n\n\n a = 2 \r b = 3",
      })
  void valuesAreThoseOfProperties(String text) throws IOException {
    Properties expected = new Properties();
    expected.load(new StringReader(text));

    Map<String, ConfigLine> read = ConfigLine.read(FILE, text);

    assertThat(read.keySet()).isEqualTo(expected.stringPropertyNames());
    read.forEach((name, line) -> assertThat(line.value()).isEqualTo(expected.getProperty(name)));
  }

  /** {@link Properties} would make {@code C:keysacme.key} of it. */
  @Test
  void aPathOfWindowsWithSingleBackslashesIsRefused() throws IOException {
    assertThatThrownBy(() -> ConfigLine.read(FILE, "\napi-key-file = C:\\keys\\acme.key"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("line 2: a backslash in a path must be written as / or \\\\");
    assertThat(
            ConfigLine.read(FILE, "# C:\\keys\na = C:\\\\keys\\\\acme.key\nb = C:/keys/acme.key"))
        .isEqualTo(
            Map.of(
                "a", new ConfigLine(FILE, 2, "C:\\keys\\acme.key"),
                "b", new ConfigLine(FILE, 3, "C:/keys/acme.key")));
  }
}
