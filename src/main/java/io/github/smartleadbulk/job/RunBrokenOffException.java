package io.github.smartleadbulk.job;

/**
 * The state folder failed while the run was on, its disk being full for instance. The run can go on
 * from what is on record when the user has mended the cause.
 */
public final class RunBrokenOffException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RunBrokenOffException(String message, Throwable cause) {
    super(message, cause);
  }
}
