package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.guard.Deadline;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.builder.SimpleJobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.launch.support.TaskExecutorJobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The job of one run: inspect, snapshot, check, then update and report; of a plan: inspect,
 * snapshot, plan.
 *
 * <p>Put together by hand: an application context with its post-processors takes a tenth of a short
 * run, to make four objects.
 */
final class UpdateJob {

  private final RunContext context;
  private final PlatformTransactionManager transactions;
  private final JobRepository repository;
  private final ClockCheck clocks;
  private final @Nullable Deadline deadline;

  UpdateJob(RunContext context) {
    this.context = context;
    this.transactions = new JdbcTransactionManager(context.store().dataSource());
    this.repository = repository();
    this.clocks = new ClockCheck(context);
    this.deadline = context.settings().deadline(context.clock());
  }

  private JobRepository repository() {
    JdbcJobRepositoryFactoryBean factory = new JdbcJobRepositoryFactoryBean();
    factory.setDataSource(context.store().dataSource());
    factory.setTransactionManager(transactions);
    try {
      factory.afterPropertiesSet();
      return factory.getObject();
    } catch (Exception e) {
      throw new IllegalStateException("Spring Batch cannot be set up", e);
    }
  }

  /** Runs from where the run stands to its end, or until it is stopped. */
  JobExecution execute() throws JobExecutionException {
    JobParameters parameters =
        new JobParametersBuilder().addLong(JobNames.RUN, (long) context.run()).toJobParameters();
    Optional<JobExecution> completed =
        new Recovery(repository, context.jobName()).recover(parameters);
    if (completed.isPresent()) {
      return completed.get();
    }
    if (deadline != null) {
      context.client().limit(deadline);
    }
    JobExecution execution = operator().start(job(), parameters);
    if (execution.getStatus() == BatchStatus.COMPLETED) {
      // Of a run that has read no account before it sent.
      clocks.tell();
    }
    return execution;
  }

  private JobOperator operator() {
    TaskExecutorJobOperator operator = new TaskExecutorJobOperator();
    operator.setJobRepository(repository);
    operator.setJobRegistry(new MapJobRegistry());
    try {
      operator.afterPropertiesSet();
      return operator;
    } catch (Exception e) {
      throw new IllegalStateException("Spring Batch cannot be set up", e);
    }
  }

  private Job job() {
    SimpleJobBuilder job =
        new JobBuilder(context.jobName(), repository)
            .start(
                step(JobNames.INSPECT).tasklet(new InspectTasklet(context), transactions).build())
            .next(
                step(JobNames.SNAPSHOT)
                    .tasklet(new SnapshotTasklet(context, clocks), transactions)
                    // Taken up after a while, a run looks again at what it compares rows with.
                    .allowStartIfComplete(true)
                    .build());
    return context.prepared().run().spec().isPlan()
        ? job.next(step(JobNames.PLAN).tasklet(new PlanTasklet(context), transactions).build())
            .build()
        : job.next(
                step(JobNames.CHECK)
                    .tasklet(new CheckTasklet(context, deadline), transactions)
                    // What is left is judged by the guards of whoever goes on with it.
                    .allowStartIfComplete(true)
                    .build())
            .next(update())
            .next(step(JobNames.REPORT).tasklet(new ReportTasklet(context), transactions).build())
            .build();
  }

  private StepBuilder step(String name) {
    return new StepBuilder(name, repository);
  }

  private Step update() {
    OutcomeReader rows = new OutcomeReader(context);
    return step(JobNames.UPDATE)
        .<RowOutcome, RowOutcome>chunk(context.settings().chunkSize())
        .transactionManager(transactions)
        .reader(rows)
        .writer(rows)
        .listener((Object) rows)
        // Killed behind this step, the run sees to it again that results.csv is there and whole.
        .allowStartIfComplete(true)
        // An interrupt must not end the step as completed with rows missing.
        .interruptionPolicy(
            execution -> {
              if (Thread.currentThread().isInterrupted()) {
                execution.setTerminateOnly();
              }
            })
        .build();
  }
}
