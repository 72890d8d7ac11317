package io.github.smartleadbulk.job;

/** The accounts could not be read; nothing was sent, and the run can go on later. */
final class SnapshotException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SnapshotException(String message) {
    super(message);
  }
}
