package io.github.smartleadbulk.cli;

/** A worker does not have what a run needs, such as its key. Another worker may have it. */
final class NotOfThisWorkerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NotOfThisWorkerException(String message, Throwable cause) {
    super(message, cause);
  }
}
