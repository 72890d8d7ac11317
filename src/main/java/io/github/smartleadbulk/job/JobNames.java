package io.github.smartleadbulk.job;

/**
 * Names that Spring Batch keeps in the database: whoever changes one, cuts off runs from their
 * past.
 */
final class JobNames {

  static final String JOB = "update";
  static final String PLAN_JOB = "plan";

  static final String INSPECT = "inspect";
  static final String SNAPSHOT = "snapshot";
  static final String CHECK = "check";
  static final String PLAN = "plan";
  static final String UPDATE = "update";
  static final String REPORT = "report";

  /** The job parameter that tells runs apart. */
  static final String RUN = "run";

  private JobNames() {}
}
