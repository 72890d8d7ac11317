package io.github.smartleadbulk.job;

import io.github.smartleadbulk.run.ComparedRun;
import io.github.smartleadbulk.run.RunOptions;
import io.github.smartleadbulk.state.StateStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.repository.JobRepository;

/** Deletes old runs, so that the history does not grow forever. */
public record RunHistory(StateStore store) {

  /**
   * Finds the runs that can be deleted and ended before an instant. Unfinished runs and the runs
   * they are compared with stay.
   */
  public List<Integer> endedBefore(Instant instant) {
    List<Integer> old = new ArrayList<>(store.runs().endedBefore(instant));
    old.removeAll(
        store.runs().all().stream()
            .filter(run -> run.status().isResumable())
            .map(run -> RunOptions.parse(run.spec().options()).comparedRun())
            .filter(Objects::nonNull)
            .map(ComparedRun::run)
            .toList());
    return old;
  }

  /**
   * Deletes runs: their rows, their data in Spring Batch and, when the store is closed, their
   * folders and disk space.
   */
  public void delete(List<Integer> runs) {
    if (!runs.isEmpty()) {
      deleteJobs(runs);
      store.delete(runs);
    }
  }

  private void deleteJobs(List<Integer> runs) {
    JobRepository repository = UpdateJob.repository(store.dataSource());
    for (int run : runs) {
      for (String job : List.of(JobNames.JOB, JobNames.PLAN_JOB)) {
        // A run that was refused before it began has no job, and neither has a run from before the
        // database was rebuilt.
        JobInstance instance = repository.getJobInstance(job, JobNames.parameters(run));
        if (instance != null) {
          repository.deleteJobInstance(instance);
        }
      }
    }
  }
}
