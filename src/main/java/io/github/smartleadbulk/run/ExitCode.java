package io.github.smartleadbulk.run;

import java.util.Arrays;

/** The program's exit codes. Scripts and schedulers depend on them. */
public enum ExitCode {
  OK(0),
  ROWS_NEED_ATTENTION(1),
  USAGE(2),
  /** Only for {@code plan --detailed-exitcode}. */
  PLAN_HAS_CHANGES(2),
  KEY(3),
  GUARD(4),
  STOPPED_EARLY(5),
  STATE_IN_USE(6),
  /** Only on record: a worker cannot execute the run with its keys, and others may. */
  LEFT_TO_OTHERS(6),
  FAULT(70),
  SIGINT(130),
  SIGTERM(143);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /**
   * The first with a code.
   *
   * @throws java.util.NoSuchElementException if there is none
   */
  public static ExitCode of(int code) {
    return Arrays.stream(values()).filter(exit -> exit.code == code).findFirst().orElseThrow();
  }
}
