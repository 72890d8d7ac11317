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
 * Makes a run that was killed fit to start again. We hold the state folder, so whoever left it at
 * work is dead; and the journal knows what became of every row, so nothing that Spring Batch holds
 * against a restart counts. ({@code JobOperator.recover} leaves executions in status unknown.)
 */
record Recovery(JobRepository repository, String job) {

  /** The job's execution, if the job ended and the process died before it could record the end. */
  Optional<JobExecution> recover(JobParameters parameters) {
    JobInstance instance = repository.getJobInstance(job, parameters);
    if (instance == null) {
      return Optional.empty();
    }
    JobExecution last = repository.getLastJobExecution(job, parameters);
    if (last == null) {
      // The process was killed between two transactions of the start.
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
