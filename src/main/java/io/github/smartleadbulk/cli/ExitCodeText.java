package io.github.smartleadbulk.cli;

/** What the help says about {@link io.github.smartleadbulk.run.ExitCode}s, as picocli wants it. */
final class ExitCodeText {

  static final String HEADING = "%nExit codes:%n";
  static final String HEADING_OF_RUNS =
      "%nExit codes (after 3, 4, 5, 130 and 143 you can resume the run):%n";

  static final String DONE = "0:Done.";
  static final String VALID = "0:All rows are valid.";
  static final String APPLIED = "0:Every row is updated, unchanged, kept or skipped.";
  static final String PLANNED = "0:The plan is complete, and no row is invalid or would fail.";

  static final String INVALID_ROWS = "1:Some rows are invalid.";
  static final String ROWS_NEED_ATTENTION =
      "1:The run finished, but some rows are invalid, failed or uncertain.";

  static final String USAGE = "2:Wrong usage, settings or input. Nothing was sent.";
  static final String PLAN_HAS_CHANGES =
      "2:Wrong usage, settings or input; with --detailed-exitcode also: the plan has changes.";

  static final String KEY = "3:There is no API key, or it was refused.";
  static final String GUARD = "4:A guard stopped the run.";
  static final String STOPPED_EARLY = "5:Stopped early: deadline, server away, or disk full.";
  static final String OUTPUT_LOST = "5:Standard output cannot be written.";
  static final String STATE_IN_USE = "6:Another run uses the state folder. Nothing was sent.";
  static final String FAULT = "70:The program failed. This is a bug.";
  static final String SIGINT = "130:Stopped by Ctrl-C (SIGINT).";
  static final String SIGTERM = "143:Stopped by SIGTERM.";

  private ExitCodeText() {}
}
