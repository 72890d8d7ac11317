package io.github.smartleadbulk.csv;

/**
 * A file is refused as a whole. The message is complete: it names the file and the line and says
 * what was found, what is expected and what to do.
 */
public final class InputException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public InputException(String message) {
    super(message);
  }
}
