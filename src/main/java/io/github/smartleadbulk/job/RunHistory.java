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
   * Deletes runs that ended before an instant: their rows, their data in Spring Batch and, when the
   * store is closed, their folders and disk space. Unfinished runs and the runs they are compared
   * with stay.
   *
   * @return the numbers of the deleted runs
   */
  public List<Integer> deleteEndedBefore(Instant instant) {
    List<Integer> old = new ArrayList<>(store.runs().endedBefore(instant));
    old.removeAll(
        store.runs().all().stream()
            .filter(run -> run.status().isResumable())
            .map(run -> RunOptions.parse(run.spec().options()).comparedRun())
            .filter(Objects::nonNull)
            .map(ComparedRun::run)
            .toList());
    if (!old.isEmpty()) {
      deleteJobs(old);
      store.delete(old);
    }
    return old;
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
