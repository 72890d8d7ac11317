package io.github.smartleadbulk.csv;

/**
 * The file as a whole is refused. The message is complete for a person: file, line, what was found,
 * what is expected and what to do.
 */
public final class InputException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public InputException(String message) {
    super(message);
  }
}
