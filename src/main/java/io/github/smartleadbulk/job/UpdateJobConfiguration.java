package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.RowOutcome;
import javax.sql.DataSource;
import org.springframework.batch.core.configuration.annotation.EnableBatchProcessing;
import org.springframework.batch.core.configuration.annotation.EnableJdbcJobRepository;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** The job of one run: inspect, update, report. */
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
  Job updateJob(
      JobRepository repository, PlatformTransactionManager transactions, RunContext context) {
    return new JobBuilder(JobNames.JOB, repository)
        .start(inspect(repository, transactions, context))
        // The snapshot of the accounts as they are has its place here.
        .next(update(repository, transactions, context))
        .next(report(repository, transactions, context))
        .build();
  }

  private static Step inspect(
      JobRepository repository, PlatformTransactionManager transactions, RunContext context) {
    return new StepBuilder(JobNames.INSPECT, repository)
        .tasklet(new InspectTasklet(context), transactions)
        .build();
  }

  private static Step update(
      JobRepository repository, PlatformTransactionManager transactions, RunContext context) {
    OutcomeReader rows = new OutcomeReader(context);
    return new StepBuilder(JobNames.UPDATE, repository)
        .<RowOutcome, RowOutcome>chunk(context.settings().chunkSize())
        .transactionManager(transactions)
        .reader(rows)
        .writer(rows)
        .listener((Object) rows)
        // Killed behind this step, the run sees to it again that results.csv is there and whole.
        .allowStartIfComplete(true)
        // An interrupt must not end the step as completed with rows missing.
        .interruptionPolicy(
            step -> {
              if (Thread.currentThread().isInterrupted()) {
                step.setTerminateOnly();
              }
            })
        .build();
  }

  private static Step report(
      JobRepository repository, PlatformTransactionManager transactions, RunContext context) {
    return new StepBuilder(JobNames.REPORT, repository)
        .tasklet(new FailedFileTasklet(context), transactions)
        .build();
  }
}
