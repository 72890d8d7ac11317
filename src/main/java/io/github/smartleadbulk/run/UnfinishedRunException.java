package io.github.smartleadbulk.run;

/** The unfinished run was left alone, as the user asked. This is not an error. */
public final class UnfinishedRunException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnfinishedRunException(String message) {
    super(message);
  }
}
