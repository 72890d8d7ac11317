package io.github.smartleadbulk.job;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/**
 * Prepares a killed run for a restart. This process holds the lock of the state folder, so the
 * earlier process is dead. The journal has the outcome of every row, so Spring Batch's own
 * objections to a restart do not apply. ({@code JobOperator.recover} leaves executions in status
 * unknown.)
 */
record Recovery(JobRepository repository, String job) {

  /**
   * Recovers the job. Returns its execution if the job ended, but the process died before it
   * recorded that.
   */
  Optional<JobExecution> recover(JobParameters parameters) {
    JobInstance instance = repository.getJobInstance(job, parameters);
    if (instance == null) {
      return Optional.empty();
    }
    JobExecution last = repository.getLastJobExecution(job, parameters);
    if (last == null) {
      // The process was killed between two transactions at the start.
      repository.deleteJobInstance(instance);
      return Optional.empty();
    }
    if (last.getStatus() == BatchStatus.COMPLETED) {
      return Optional.of(last);
    }
    // Spring Batch keeps local times.
    LocalDateTime now = LocalDateTime.now(ZoneId.systemDefault());
    for (StepExecution step : last.getStepExecutions()) {
      if (isLeftOpen(step.getStatus())) {
        step.setStatus(BatchStatus.FAILED);
        step.setEndTime(now);
        repository.update(step);
      }
    }
    if (isLeftOpen(last.getStatus())) {
      last.setStatus(BatchStatus.FAILED);
      last.setEndTime(now);
      repository.update(last);
    }
    return Optional.empty();
  }

  private static boolean isLeftOpen(BatchStatus status) {
    return status.isRunning() || status == BatchStatus.UNKNOWN;
  }
}
