package io.github.smartleadbulk.cli;

/** No usable API key was found; the message says where it was looked for. */
final class NoKeyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NoKeyException(String message) {
    super(message);
  }
}
