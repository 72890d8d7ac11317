package io.github.smartleadbulk.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.io.TempDir;

final class BrowserExtensionTest {

  @TempDir Path folder;

  @Test
  void withoutTheProgramsTestsAreSkippedAndSayWhatIsMissing() {
    ConditionEvaluationResult result = BrowserExtension.evaluate(folder.toString(), null);

    assertThat(result.isDisabled()).isTrue();
    assertThat(result.getReason())
        .contains(
            "Not tested in a browser, because the PATH has no chromium and no chromedriver (on Debian: packages chromium and chromium-driver)");
  }

  @Test
  void withoutARequiredProgramTestsFail() throws IOException {
    install("chromium");

    assertThatThrownBy(() -> BrowserExtension.evaluate(folder.toString(), "required"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Not tested in a browser, because the PATH has no chromedriver (on Debian: packages chromium and chromium-driver)");
  }

  @Test
  void withTheProgramsTestsRun() throws IOException {
    install("chromium");
    install("chromedriver");

    assertThat(BrowserExtension.evaluate(folder.toString(), null).isDisabled()).isFalse();
    assertThat(BrowserExtension.evaluate(folder.toString(), "required").isDisabled()).isFalse();
  }

  private void install(String program) throws IOException {
    assertThat(Files.createFile(folder.resolve(program)).toFile().setExecutable(true)).isTrue();
  }
}
