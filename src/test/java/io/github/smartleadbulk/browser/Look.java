package io.github.smartleadbulk.browser;

/** What a reader's settings, or the printer, make of a page. */
public enum Look {
  LIGHT("screen", "light"),
  DARK("screen", "dark"),
  PRINT("print", "light");

  final String medium;
  final String colorScheme;

  Look(String medium, String colorScheme) {
    this.medium = medium;
    this.colorScheme = colorScheme;
  }
}
