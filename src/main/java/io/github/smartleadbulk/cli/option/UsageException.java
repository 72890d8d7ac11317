package io.github.smartleadbulk.cli.option;

/** Wrong options or settings: nothing is sent, and the message says what to change. */
public final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message);
  }
}
