package io.github.smartleadbulk.cli;

/** Wrong options or settings: nothing is sent, and the message says what to change. */
final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
