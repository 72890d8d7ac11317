package io.github.smartleadbulk.cli.target;

import java.util.Locale;

/** What is known of the key of a workspace. */
public enum KeyState {
  OK,
  REFUSED,
  /** There is no key, or no file that holds it. */
  MISSING,
  /** No server has answered for the key. */
  UNREACHABLE,
  NOT_CHECKED;

  /** The state in a sentence, such as {@code not checked}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
