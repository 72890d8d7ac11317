package io.github.smartleadbulk.run;

/** The program's exit codes. Scripts and schedulers depend on them. */
public enum ExitCode {
  OK(0, "every row is updated, unchanged or skipped"),
  ROWS_NEED_ATTENTION(1, "finished, but some rows are invalid, failed or uncertain"),
  USAGE(2, "wrong usage, settings or input; nothing was sent"),
  /** Only for {@code plan --detailed-exitcode}. */
  PLAN_HAS_CHANGES(2, "the plan has changes (--detailed-exitcode)"),
  KEY(3, "no key, or the key was refused; resumable"),
  GUARD(4, "a guard stopped the run; resumable"),
  STOPPED_EARLY(5, "stopped before the end (deadline, server away, disk full); resumable"),
  STATE_IN_USE(6, "the state folder is in use by another run; nothing was sent"),
  FAULT(70, "a fault of the program"),
  SIGINT(130, "stopped by SIGINT; resumable"),
  SIGTERM(143, "stopped by SIGTERM; resumable");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  public int code() {
    return code;
  }

  public String meaning() {
    return meaning;
  }
}
