package io.github.smartleadbulk.cli.target;

/** There is no usable API key. The message says where the program looked. */
public final class NoKeyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NoKeyException(String message) {
    super(message);
  }
}
