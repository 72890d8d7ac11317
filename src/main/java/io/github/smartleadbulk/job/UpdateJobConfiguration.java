package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.RowOutcome;
import javax.sql.DataSource;
import org.springframework.batch.core.configuration.annotation.EnableBatchProcessing;
import org.springframework.batch.core.configuration.annotation.EnableJdbcJobRepository;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.builder.SimpleJobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The job of one run: inspect, snapshot, then update and report; of a plan: inspect, snapshot,
 * plan.
 */
@Configuration(proxyBeanMethods = false)
@EnableBatchProcessing
@EnableJdbcJobRepository
class UpdateJobConfiguration {

  // The store closes its own pool, after everything else.
  @Bean(destroyMethod = "")
  DataSource dataSource(RunContext context) {
    return context.store().dataSource();
  }

  @Bean
  PlatformTransactionManager transactionManager(DataSource dataSource) {
    return new JdbcTransactionManager(dataSource);
  }

  @Bean
  Job job(JobRepository repository, PlatformTransactionManager transactions, RunContext context) {
    SimpleJobBuilder job =
        new JobBuilder(context.jobName(), repository)
            .start(
                step(JobNames.INSPECT, repository)
                    .tasklet(new InspectTasklet(context), transactions)
                    .build())
            .next(
                step(JobNames.SNAPSHOT, repository)
                    .tasklet(new SnapshotTasklet(context), transactions)
                    // Taken up after a while, a run looks again at what it compares rows with.
                    .allowStartIfComplete(true)
                    .build());
    return context.prepared().run().spec().isPlan()
        ? job.next(
                step(JobNames.PLAN, repository)
                    .tasklet(new PlanTasklet(context), transactions)
                    .build())
            .build()
        : job.next(
                step(JobNames.CHECK, repository)
                    .tasklet(new CheckTasklet(context), transactions)
                    // What is left is judged by the guards of whoever goes on with it.
                    .allowStartIfComplete(true)
                    .build())
            .next(update(repository, transactions, context))
            .next(
                step(JobNames.REPORT, repository)
                    .tasklet(new ReportTasklet(context), transactions)
                    .build())
            .build();
  }

  private static StepBuilder step(String name, JobRepository repository) {
    return new StepBuilder(name, repository);
  }

  private static Step update(
      JobRepository repository, PlatformTransactionManager transactions, RunContext context) {
    OutcomeReader rows = new OutcomeReader(context);
    return step(JobNames.UPDATE, repository)
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
