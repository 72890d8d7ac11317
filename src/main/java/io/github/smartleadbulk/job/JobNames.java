package io.github.smartleadbulk.job;

import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;

/** Names that Spring Batch keeps in the database. If you change one, old runs cannot be resumed. */
final class JobNames {

  static final String JOB = "update";
  static final String PLAN_JOB = "plan";

  static final String INSPECT = "inspect";
  static final String SNAPSHOT = "snapshot";
  static final String CHECK = "check";
  static final String PLAN = "plan";
  static final String UPDATE = "update";
  static final String RESULTS = "results";
  static final String REPORT = "report";

  /** The job parameter that identifies the run. */
  private static final String RUN = "run";

  private JobNames() {}

  static JobParameters parameters(int run) {
    return new JobParametersBuilder().addLong(RUN, (long) run).toJobParameters();
  }
}
