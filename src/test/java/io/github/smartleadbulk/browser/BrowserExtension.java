package io.github.smartleadbulk.browser;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One browser per test class, started when the first test asks for it. */
final class BrowserExtension implements ExecutionCondition, BeforeAllCallback, ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(BrowserExtension.class);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    ConditionEvaluationResult result =
        evaluate(System.getenv("PATH"), System.getProperty("browser"));
    if (result.isDisabled()) {
      tellBuild(context.getRequiredTestClass().getSimpleName() + ": " + result.getReason().get());
    }
    return result;
  }

  static ConditionEvaluationResult evaluate(String searchPath, String browserProperty) {
    String missing = BrowserPrograms.missing(searchPath);
    if (missing.isEmpty()) {
      return ConditionEvaluationResult.enabled("there is a browser");
    }
    String message =
        "Not tested in a browser, because the PATH has no %s (on Debian: packages chromium and chromium-driver)"
            .formatted(missing);
    if ("required".equals(browserProperty)) {
      throw new IllegalStateException(message);
    }
    return ConditionEvaluationResult.disabled(message);
  }

  /**
   * Maven shows this stream. The output of tests goes to files, and skipped tests are counted only.
   */
  private static void tellBuild(String message) {
    new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8)
        .println(message);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    // At the class, so that the browsers close with it and not with the test that started them.
    context.getStore(NAMESPACE).put(Browsers.class, new Browsers());
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Browser.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Browsers browsers = context.getStore(NAMESPACE).get(Browsers.class, Browsers.class);
    return browsers.empty(
        parameter.isAnnotated(WithoutJavaScript.class) ? JavaScript.OFF : JavaScript.ON);
  }

  private static final class Browsers implements AutoCloseable {

    private final Map<JavaScript, Browser> browserByJavaScript = new EnumMap<>(JavaScript.class);

    Browser empty(JavaScript javaScript) {
      Browser browser = browserByJavaScript.computeIfAbsent(javaScript, Browser::start);
      browser.reset();
      return browser;
    }

    @Override
    public void close() {
      browserByJavaScript.values().forEach(Browser::close);
    }
  }
}
