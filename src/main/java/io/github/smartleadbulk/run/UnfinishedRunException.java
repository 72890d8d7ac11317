package io.github.smartleadbulk.run;

/** An unfinished run was to be left alone: nothing was done, and nothing is wrong with that. */
public final class UnfinishedRunException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnfinishedRunException(String message) {
    super(message);
  }
}
