package io.github.smartleadbulk.browser;

/** The widths that pages are made for, in CSS pixels. */
public enum Width {
  DESKTOP(1280, 900, false),
  PHONE(390, 844, true);

  final int pixels;
  final int height;
  final boolean isPhone;

  Width(int pixels, int height, boolean isPhone) {
    this.pixels = pixels;
    this.height = height;
    this.isPhone = isPhone;
  }
}
