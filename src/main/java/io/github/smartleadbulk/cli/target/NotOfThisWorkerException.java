package io.github.smartleadbulk.cli.target;

/** A worker does not have what a run needs, such as its key. Another worker may have it. */
public final class NotOfThisWorkerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public NotOfThisWorkerException(String message, Throwable cause) {
    super(message, cause);
  }
}
