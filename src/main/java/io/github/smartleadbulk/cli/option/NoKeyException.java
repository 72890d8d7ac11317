package io.github.smartleadbulk.cli.option;

/** No usable API key was found; the message says where it was looked for. */
public final class NoKeyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NoKeyException(String message) {
    super(message);
  }
}
