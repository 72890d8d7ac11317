package io.github.smartleadbulk.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Chromium and its driver as Debian installs them, found on the search path. Selenium would
 * download what it does not find; given both paths, it does not look.
 */
record BrowserPrograms(Path browser, Path driver) {

  private static final String BROWSER = "chromium";
  private static final String DRIVER = "chromedriver";

  static Optional<BrowserPrograms> find(String searchPath) {
    return find(searchPath, BROWSER)
        .flatMap(
            browser ->
                find(searchPath, DRIVER).map(driver -> new BrowserPrograms(browser, driver)));
  }

  /** What a test would need that is not on the search path. */
  static String missing(String searchPath) {
    List<String> missing = new ArrayList<>();
    for (String program : List.of(BROWSER, DRIVER)) {
      if (find(searchPath, program).isEmpty()) {
        missing.add(program);
      }
    }
    return String.join(" and no ", missing);
  }

  private static Optional<Path> find(String searchPath, String program) {
    return Stream.of(searchPath.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
