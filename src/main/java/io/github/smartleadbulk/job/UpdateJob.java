package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.client.AccountListWalk;
import io.github.smartleadbulk.guard.Deadline;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.builder.SimpleJobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.launch.support.TaskExecutorJobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.ChunkOrientedStepBuilder;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The job of a run. {@link #job} lists its steps in order; each step is a method below it.
 *
 * <p>The job is assembled by hand, because an application context with its post-processors would
 * take a tenth of a short run to make four objects.
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
    this.repository = repository(context.store().dataSource());
    this.clocks = new ClockCheck(context);
    this.deadline = context.settings().deadline(context.clock());
  }

  /** Executes the rest of the run, until its end or until it is stopped. */
  JobExecution execute() throws JobExecutionException {
    JobParameters parameters = JobNames.parameters(context.run());
    Optional<JobExecution> completed =
        new Recovery(repository, context.jobName()).recover(parameters);
    if (completed.isPresent()) {
      return completed.get();
    }
    if (deadline != null && !context.prepared().run().spec().isPlan()) {
      context.client().limit(deadline);
    }
    JobExecution execution = operator().start(job(), parameters);
    if (execution.getStatus() == BatchStatus.COMPLETED) {
      // A run that read no account before sending has not compared the clocks yet.
      clocks.tell();
    }
    return execution;
  }

  private Job job() {
    SimpleJobBuilder job =
        new JobBuilder(context.jobName(), repository).start(inspect()).next(snapshot());
    return context.prepared().run().spec().isPlan()
        ? job.next(plan()).build()
        : job.next(check()).next(update()).next(report()).build();
  }

  /** Reads the whole input before any call. */
  private Step inspect() {
    return step(JobNames.INSPECT)
        .tasklet(
            (contribution, chunk) -> {
              new InputInspection(context).inspect();
              return RepeatStatus.FINISHED;
            })
        .build();
  }

  /** Reads the present values of the accounts. */
  private Step snapshot() {
    RunSnapshot snapshot = new RunSnapshot(context);
    // A page of the list is one item: it is written before the next page is requested.
    return this.<AccountListWalk.Step>chunks(JobNames.SNAPSHOT, 1)
        .reader(new SnapshotItemReader(context, snapshot, clocks))
        .writer(snapshot)
        // A run that is resumed later may have to read the accounts again.
        .allowStartIfComplete(true)
        .build();
  }

  /** Shows what an update would change. */
  private Step plan() {
    return step(JobNames.PLAN).tasklet(new PlanTasklet(context, deadline)).build();
  }

  /** Lets the guards check the remaining rows, and asks the user. */
  private Step check() {
    return step(JobNames.CHECK)
        .tasklet(new CheckTasklet(context, deadline))
        // A resumed run may have other guards.
        .allowStartIfComplete(true)
        .build();
  }

  /** Sends the rows and writes their lines. */
  private Step update() {
    ResultsItemWriter results = new ResultsItemWriter(context);
    return this.<RowOutcome>chunks(JobNames.UPDATE, context.settings().chunkSize())
        .transactionManager(transactions)
        .reader(new OutcomeItemReader(context, results))
        .writer(results)
        .listener(new CheckpointListener(context))
        // After a kill here, a restart verifies results.csv again.
        .allowStartIfComplete(true)
        .build();
  }

  /** Writes the files that are made from the outcomes. */
  private Step report() {
    return step(JobNames.REPORT).tasklet(new ReportTasklet(context)).build();
  }

  /** Spring Batch holds no transaction across a step unless it is told to. */
  private StepBuilder step(String name) {
    return new StepBuilder(name, repository);
  }

  private <T> ChunkOrientedStepBuilder<T, T> chunks(String name, int size) {
    return step(name)
        .<T, T>chunk(size)
        // An interrupt must not end the step as completed while items are missing.
        .interruptionPolicy(
            execution -> {
              if (Thread.currentThread().isInterrupted()) {
                execution.setTerminateOnly();
              }
            });
  }

  /** Spring Batch's record of jobs. */
  static JobRepository repository(DataSource database) {
    JdbcJobRepositoryFactoryBean factory = new JdbcJobRepositoryFactoryBean();
    factory.setDataSource(database);
    factory.setTransactionManager(new JdbcTransactionManager(database));
    try {
      factory.afterPropertiesSet();
      return factory.getObject();
    } catch (Exception e) {
      throw new IllegalStateException("Spring Batch cannot be set up", e);
    }
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
}
