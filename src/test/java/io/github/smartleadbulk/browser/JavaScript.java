package io.github.smartleadbulk.browser;

enum JavaScript {
  ON,
  OFF
}
